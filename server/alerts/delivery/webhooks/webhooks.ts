import type { Outlet } from '@/lib/alerts/alert-body';
import type { DeliveryParts } from '@/server/alerts/delivery/delivery-parts';
import type { SendCounter } from '@/server/alerts/delivery/send-counter';
import type { SentAlert } from '@/server/alerts/outlet-parts';
import { backoffMs } from '@/server/consul/backoff';
import { Pause } from '@/server/consul/pause';
import type { DeadLetters } from './dead-letters';
import { deliverySchema, parsedDocument, toldDocumentId } from './delivery-document';
import { toldSchema } from './webhook-events';
import type { KeptWebhook, WebhookOutlet } from './webhook-outlet';

interface WebhooksParts extends Pick<DeliveryParts, 'documents' | 'clock' | 'random' | 'log'> {
  readonly outlets: readonly WebhookOutlet[];
  readonly deadLetters: DeadLetters;
  readonly counter: SendCounter;
  readonly changed: () => void;
}

/** What changes within this is one delivery. */
const TOGETHER_MS = 1_000;
/** How often it is looked whether another Lictor has written. */
const POLL_MS = 5_000;

/** All webhooks, and what is kept of them. */
export class Webhooks {
  readonly #parts: WebhooksParts;
  readonly #pause: Pause;
  #running: Promise<void> | null = null;
  #ended = false;
  #leads = false;
  #alerts: readonly SentAlert[] | null = null;
  /** Since when there is something that was not looked at. */
  #toldAtMs: number | null = null;
  #revision = -1;
  /** What is kept has to be read, whatever its revision. */
  #unread = true;
  #pollAtMs = 0;
  #failures = 0;
  #trouble: string | null = null;

  constructor(parts: WebhooksParts) {
    this.#parts = parts;
    this.#pause = new Pause(parts.clock);
  }

  get outlets(): readonly Outlet[] {
    return this.#parts.outlets.map((one) => one.outlet(this.#leads, this.#trouble));
  }

  tell(alerts: readonly SentAlert[]): void {
    this.#alerts = alerts;
    if (this.#toldAtMs !== null) return;
    this.#toldAtMs = this.#parts.clock.now();
    if (this.#failures === 0) this.#pause.end();
  }

  start(): void {
    this.#running = this.#run();
  }

  lead(): void {
    this.#leads = true;
    this.#readAnew();
  }

  follow(): void {
    this.#leads = false;
    for (const outlet of this.#parts.outlets) void outlet.follow();
    this.#pause.end();
  }

  async stop(): Promise<void> {
    this.#ended = true;
    this.#pause.end();
    await Promise.all(this.#parts.outlets.map((one) => one.follow()));
    await this.#running;
  }

  async resend(id: string, etag: string): Promise<'done' | 'unknown' | 'changed'> {
    for (const outlet of this.#parts.outlets) outlet.forgetDone(id);
    const done = await this.#parts.deadLetters.resend(id, etag);
    this.#readAnew();
    this.#parts.changed();
    return done;
  }

  async discard(id: string, etag: string): Promise<'done' | 'unknown' | 'changed'> {
    const done = await this.#parts.deadLetters.discard(id, etag);
    this.#parts.changed();
    return done;
  }

  #readAnew(): void {
    this.#unread = true;
    this.#pause.end();
  }

  async #run(): Promise<void> {
    const { clock, random } = this.#parts;
    while (!this.#ended) {
      try {
        await this.#turn();
        this.#well();
      } catch (error) {
        this.#failures += 1;
        this.#failed((error as Error).message);
      }
      if (this.#ended) return;
      if (this.#failures > 0) await this.#pause.sleep(backoffMs(this.#failures, random()));
      else if (!this.#unread) {
        const dueAtMs = this.#leads && this.#toldAtMs !== null ? this.#toldAtMs + TOGETHER_MS : this.#pollAtMs;
        await this.#pause.sleep(Math.max(1, Math.min(dueAtMs, this.#pollAtMs) - clock.now()));
      }
    }
  }

  async #turn(): Promise<void> {
    const { clock, outlets } = this.#parts;
    if (this.#unread || this.#pollAtMs <= clock.now()) await this.#poll();
    if (!this.#leads || this.#toldAtMs === null || this.#alerts === null) return;
    if (this.#toldAtMs + TOGETHER_MS > clock.now() || !outlets.every(({ isReady }) => isReady)) return;
    const toldAtMs = this.#toldAtMs;
    const alerts = this.#alerts;
    this.#toldAtMs = null;
    try {
      for (const outlet of outlets) {
        if (!this.#leads) return;
        if (await outlet.make(alerts)) continue;
        await outlet.follow();
        this.#unread = true;
        this.#toldAtMs ??= toldAtMs;
      }
    } catch (error) {
      this.#toldAtMs ??= toldAtMs;
      throw error;
    }
  }

  async #poll(): Promise<void> {
    const { documents, clock, deadLetters, outlets } = this.#parts;
    const isUnread = this.#unread;
    this.#unread = false;
    try {
      const revision = await documents.revision();
      if (isUnread || revision !== this.#revision) {
        await deadLetters.load();
        if (this.#leads) await this.#read();
        this.#revision = revision;
        this.#parts.changed();
      }
    } catch (error) {
      this.#unread = true;
      throw error;
    }
    if (this.#leads) for (const outlet of outlets) await outlet.tidy();
    this.#pollAtMs = clock.now() + POLL_MS;
  }

  /** What is kept goes to the outlet that it is for; a webhook that is none any more has its deliveries given up. */
  async #read(): Promise<void> {
    const { documents, outlets, clock, deadLetters, counter } = this.#parts;
    const kept = await documents.all('webhook-delivery');
    if (!this.#leads) return;
    const deliveries = kept.flatMap(({ id, body }) => {
      const document = parsedDocument(deliverySchema, body);
      return document === null ? [] : [{ id, document }];
    });
    for (const outlet of outlets) {
      const own = deliveries.filter(({ document }) => document.webhook === outlet.name);
      if (outlet.isReady) outlet.adopt(own);
      else outlet.lead({ told: toldOf(outlet.name, kept), deliveries: own });
    }
    const names = new Set(outlets.map(({ name }) => name));
    for (const { id, document } of deliveries.filter((one) => !names.has(one.document.webhook))) {
      const reason = 'There is no webhook of this name any more.';
      await deadLetters.add(id, { ...document, reason, givenUpAt: clock.iso(clock.now()) });
      await documents.remove('webhook-delivery', id, null);
      counter.deadLetters += 1;
    }
  }

  #well(): void {
    this.#failures = 0;
    if (this.#trouble === null) return;
    this.#trouble = null;
    this.#parts.changed();
  }

  #failed(reason: string): void {
    if (this.#trouble === null)
      this.#parts.log.warn({}, `Deliveries to webhooks cannot be kept now, so none begins: ${reason}`);
    this.#trouble = `What webhooks are told cannot be kept now, so nothing new is sent: ${reason}`;
    this.#parts.changed();
  }
}

function toldOf(webhook: string, kept: readonly { id: string; body: string; version: number }[]): KeptWebhook['told'] {
  const document = kept.find(({ id }) => id === toldDocumentId(webhook));
  if (document === undefined) return null;
  const value = parsedDocument(toldSchema, document.body);
  // One that cannot be read is written over.
  return { version: document.version, value: value ?? { sinceMs: 0, sequence: 0, alerts: {} } };
}

import { randomUUID } from 'node:crypto';
import type { Outlet } from '@/lib/alerts/alert-body';
import type { DeliveryParts } from '@/server/alerts/delivery/delivery-parts';
import { machineMs } from '@/server/alerts/delivery/machine-time';
import type { SendCounter } from '@/server/alerts/delivery/send-counter';
import type { SentAlert } from '@/server/alerts/outlet-parts';
import type { WebhookSettings } from '@/server/config/alerts-settings';
import type { DeadLetters } from './dead-letters';
import { deliveryBody, MOST_ALERTS } from './delivery-body';
import { type DeliveryDocument, toldDocumentId } from './delivery-document';
import { type News, newsFor, type Told } from './webhook-events';
import { WebhookQueue } from './webhook-queue';
import type { WebhookTarget } from './webhook-target';

export interface WebhookParts extends DeliveryParts {
  readonly settings: WebhookSettings;
  readonly target: WebhookTarget;
  readonly counter: SendCounter;
  readonly deadLetters: DeadLetters;
  /** `outlet` is another one now; these alerts have arrived. */
  readonly changed: (arrived: readonly string[]) => void;
}

/** What is kept of one webhook. */
export interface KeptWebhook {
  /** Null: it was never told anything. */
  readonly told: { readonly version: number; readonly value: Told } | null;
  readonly deliveries: readonly { readonly id: string; readonly document: DeliveryDocument }[];
}

interface Leading {
  readonly ending: AbortController;
  readonly queue: WebhookQueue;
  told: Told;
  /** Of its document; 0: there is none. */
  version: number;
}

/** Tells one webhook what becomes of alerts, while this process leads. */
export class WebhookOutlet {
  readonly name: string;
  #leading: Leading | null = null;
  #trouble: string | null = null;
  #lastOkAt: string | null = null;

  constructor(private readonly parts: WebhookParts) {
    this.name = parts.settings.name;
  }

  /** @param isLeading this process leads, whether or not it was read what is kept */
  outlet(isLeading: boolean, keepTrouble: string | null): Outlet {
    const reason = this.#trouble ?? keepTrouble;
    const begun = this.#leading === null ? 'starting' : 'ok';
    return {
      ...{ name: this.name, kind: 'webhook', url: this.parts.settings.shownUrl, reason, lastOkAt: this.#lastOkAt },
      state: reason !== null ? 'failing' : isLeading ? begun : 'idle',
      waiting: this.#leading?.queue.size ?? 0,
      deadLetters: this.parts.deadLetters.count(this.name),
      silences: [],
    };
  }

  get isReady(): boolean {
    return this.#leading !== null;
  }

  /** Goes on from what is kept. */
  lead({ told, deliveries }: KeptWebhook): void {
    const { clock, settings, target, deadLetters, leadership } = this.parts;
    const ending = new AbortController();
    const queue = new WebhookQueue(
      {
        ...this.parts,
        tries: settings.tries,
        send: (id, body, signal) => target.send(id, body, signal),
        leads: () => leadership.state.leads,
        arrived: (document) => this.#arrived(document),
        failed: (reason) => this.#failed(reason),
        giveUp: (id, document) => deadLetters.add(id, document),
      },
      ending.signal,
    );
    const value = told?.value ?? { sinceMs: machineMs(clock), sequence: 0, alerts: {} };
    this.#leading = {
      ending,
      queue,
      told: withDeliveries(value, deliveries, machineMs(clock)),
      version: told?.version ?? 0,
    };
    this.adopt(deliveries);
  }

  /** Deliveries that are kept: one may have been asked for anew, at another Lictor. */
  adopt(deliveries: KeptWebhook['deliveries']): void {
    for (const { id, document } of deliveries) this.#leading?.queue.add(id, document);
  }

  forgetDone(id: string): void {
    this.#leading?.queue.forgetDone(id);
  }

  async follow(): Promise<void> {
    const leading = this.#leading;
    this.#leading = null;
    this.#trouble = null;
    leading?.ending.abort();
    await leading?.queue.stop();
  }

  /**
   * Makes deliveries of what is news, each kept before it is sent, and what was told after them: whoever finds the deliveries alone knows what is in them.
   * Rejects as the documents do; then nothing is lost, for it is still news.
   * @returns false: another Lictor writes as well, so it has to be read what is kept
   */
  async make(alerts: readonly SentAlert[]): Promise<boolean> {
    const leading = this.#leading;
    if (leading === null) return true;
    const { clock, documents, leadership } = this.parts;
    const { news, told } = newsFor(leading.told, alerts, machineMs(clock));
    if (news.length === 0) return true;
    let { sequence } = told;
    const made: { id: string; document: DeliveryDocument }[] = [];
    for (let at = 0; at < news.length; at += MOST_ALERTS) {
      sequence += 1;
      const id = randomUUID();
      const document = this.#documentOf(id, sequence, news.slice(at, at + MOST_ALERTS));
      if (leading.ending.signal.aborted || !leadership.state.leads) return true;
      await documents.put('webhook-delivery', id, JSON.stringify(document), 0);
      made.push({ id, document });
    }
    const next = { ...told, sequence };
    const id = toldDocumentId(this.name);
    const version = await documents.put('webhook-delivery', id, JSON.stringify(next), leading.version);
    if (version === null) return false;
    Object.assign(leading, { told: next, version });
    for (const one of made) leading.queue.add(one.id, one.document);
    return true;
  }

  async tidy(): Promise<void> {
    await this.#leading?.queue.tidy();
  }

  #documentOf(id: string, sequence: number, news: readonly News[]): DeliveryDocument {
    const { clock } = this.parts;
    const madeAt = clock.iso(clock.now());
    return {
      ...{ webhook: this.name, sequence, madeAt, nextTryAt: madeAt, tries: 0, firstTriedAt: null },
      alerts: news.map(({ event, alert }) => ({ id: alert.record.id, event, firedAtMs: alert.firedAtMs })),
      body: deliveryBody(id, madeAt, news),
    };
  }

  #arrived({ alerts }: DeliveryDocument): void {
    const { clock } = this.parts;
    this.#trouble = null;
    this.#lastOkAt = clock.iso(clock.now());
    this.parts.changed(alerts.map(({ id }) => id));
  }

  #failed(reason: string): void {
    const isNew = this.#trouble === null;
    this.#trouble = `The webhook ${this.name} did not take a delivery: ${reason}.`;
    if (isNew) this.parts.log.warn({ outlet: this.name }, `${this.#trouble} It is kept and tried again.`);
    this.parts.changed([]);
  }
}

/** What was told, with those deliveries that were kept after it. */
function withDeliveries(told: Told, deliveries: KeptWebhook['deliveries'], nowMs: number): Told {
  const alerts = { ...told.alerts };
  let { sequence } = told;
  const inOrder = [...deliveries].sort((a, b) => a.document.sequence - b.document.sequence);
  for (const { document } of inOrder) {
    if (document.sequence <= told.sequence) continue;
    sequence = document.sequence;
    for (const { id, event, firedAtMs } of document.alerts) alerts[id] = { event, firedAtMs, atMs: nowMs };
  }
  return { ...told, sequence, alerts };
}

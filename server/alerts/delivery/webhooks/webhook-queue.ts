import type { AlertDocuments } from '@/server/alerts/alert-documents';
import { machineMs } from '@/server/alerts/delivery/machine-time';
import { RequestFailed } from '@/server/alerts/delivery/network/request-failed';
import type { SendCounter } from '@/server/alerts/delivery/send-counter';
import type { Clock, Timer } from '@/server/consul/clock';
import type { DeadLetterDocument, DeliveryDocument } from './delivery-document';
import { clampedDelayMs, retryDelayMs } from './retry-schedule';

/** A delivery on its way; `nextTryAtMs` by the `Clock`. */
interface Waiting {
  readonly id: string;
  document: DeliveryDocument;
  nextTryAtMs: number;
}

interface QueueParts {
  readonly documents: AlertDocuments;
  readonly clock: Clock;
  readonly random: () => number;
  readonly counter: SendCounter;
  /** After so many it is given up. */
  readonly tries: number;
  /** As of now, also while nobody was told yet. */
  readonly leads: () => boolean;
  /** One try. @throws RequestFailed */
  readonly send: (id: string, body: string, signal: AbortSignal) => Promise<void>;
  readonly arrived: (document: DeliveryDocument) => void;
  /** @param reason the end of a sentence */
  readonly failed: (reason: string) => void;
  /** Rejects as the documents do. */
  readonly giveUp: (id: string, document: DeadLetterDocument) => Promise<void>;
}

const SIDE_BY_SIDE = 4;
const LEAD_AGAIN_MS = 1_000;
/** More do not wait: the oldest is given up. */
const MOST_WAITING = 1_000;
/** Those that are done with are not taken up again from a list that was read before. */
const MOST_REMEMBERED = 5_000;

/** Deliveries of one webhook, each tried until it arrives or is given up; in no order. */
export class WebhookQueue {
  readonly #waiting = new Map<string, Waiting>();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #done = new Set<string>();
  /** Arrived, and their documents could not be removed. */
  readonly #left = new Set<string>();
  #timer: Timer | null = null;

  constructor(
    private readonly parts: QueueParts,
    private readonly signal: AbortSignal,
  ) {}

  get size(): number {
    return this.#waiting.size;
  }

  /** One that is kept, from whoever made it. One that is known already stays as it is. */
  add(id: string, document: DeliveryDocument): void {
    if (this.#waiting.has(id) || this.#done.has(id)) return;
    const { clock } = this.parts;
    const delayMs = clampedDelayMs(Date.parse(document.nextTryAt) - machineMs(clock));
    this.#waiting.set(id, { id, document, nextTryAtMs: clock.now() + delayMs });
    this.#pump();
  }

  /** A person has asked for it anew. */
  forgetDone(id: string): void {
    this.#done.delete(id);
  }

  /** Removes what should be gone, and gives up what is too many. Rejects as the documents do. */
  async tidy(): Promise<void> {
    for (const id of this.#left) {
      await this.parts.documents.remove('webhook-delivery', id, null);
      this.#left.delete(id);
    }
    const idle = [...this.#waiting.values()].filter(({ id }) => !this.#underWay.has(id));
    const oldestFirst = idle.sort((a, b) => a.document.sequence - b.document.sequence);
    for (const one of oldestFirst.slice(0, Math.max(0, this.#waiting.size - MOST_WAITING))) {
      await this.#giveUp(one, `More than ${MOST_WAITING} deliveries wait: the webhook has not taken any for too long.`);
    }
  }

  /** Resolves when nothing is under way; its signal has ended it. */
  async stop(): Promise<void> {
    if (this.#timer !== null) this.parts.clock.clearTimeout(this.#timer);
    this.#timer = null;
    await Promise.all(this.#underWay.values());
  }

  #pump(): void {
    const { clock, leads } = this.parts;
    if (this.signal.aborted) return;
    if (this.#timer !== null) clock.clearTimeout(this.#timer);
    this.#timer = null;
    if (!leads()) {
      // Its proof may come again without a change that anybody is told.
      this.#timer = clock.setTimeout(() => this.#pump(), LEAD_AGAIN_MS);
      return;
    }
    const idle = [...this.#waiting.values()].filter(({ id }) => !this.#underWay.has(id));
    let nextAtMs = Number.POSITIVE_INFINITY;
    for (const one of idle) {
      if (this.#underWay.size >= SIDE_BY_SIDE) return;
      if (one.nextTryAtMs <= clock.now()) this.#begin(one);
      else nextAtMs = Math.min(nextAtMs, one.nextTryAtMs);
    }
    if (nextAtMs < Number.POSITIVE_INFINITY) {
      this.#timer = clock.setTimeout(() => this.#pump(), nextAtMs - clock.now());
    }
  }

  #begin(one: Waiting): void {
    const trying = this.#try(one).finally(() => {
      this.#underWay.delete(one.id);
      this.#pump();
    });
    this.#underWay.set(one.id, trying);
  }

  async #try(one: Waiting): Promise<void> {
    const { clock, counter, send } = this.parts;
    const triedAt = clock.iso(clock.now());
    if (one.document.tries > 0) counter.retried += 1;
    try {
      await send(one.id, one.document.body, this.signal);
    } catch (error) {
      // Whoever leads next tries it: this one does not count.
      if (this.signal.aborted) return;
      counter.failed += 1;
      const reason = error instanceof RequestFailed ? error.message : 'it could not be sent';
      this.parts.failed(reason);
      await this.#again(one, { triedAt, reason });
      return;
    }
    counter.sent += 1;
    this.#leave(one.id);
    this.parts.arrived(one.document);
    await this.parts.documents.remove('webhook-delivery', one.id, null).catch(() => this.#left.add(one.id));
  }

  async #again(one: Waiting, { triedAt, reason }: { triedAt: string; reason: string }): Promise<void> {
    const { clock, random, documents, tries } = this.parts;
    const tried = one.document.tries + 1;
    const delayMs = retryDelayMs(tried, random());
    one.nextTryAtMs = clock.now() + delayMs;
    one.document = {
      ...one.document,
      ...{ tries: tried, firstTriedAt: one.document.firstTriedAt ?? triedAt },
      nextTryAt: clock.iso(one.nextTryAtMs),
    };
    // What cannot be written now is tried all the same: only another Lictor would begin to count anew.
    if (tried < tries)
      await documents.put('webhook-delivery', one.id, JSON.stringify(one.document), null).catch(() => {});
    else await this.#giveUp(one, `Tries: ${tried}; at last ${reason}.`).catch(() => {});
  }

  /** Stays where it is, and is tried again, when that cannot be written. */
  async #giveUp(one: Waiting, reason: string): Promise<void> {
    const { clock, counter, documents, giveUp } = this.parts;
    await giveUp(one.id, { ...one.document, reason, givenUpAt: clock.iso(clock.now()) });
    counter.deadLetters += 1;
    this.#leave(one.id);
    await documents.remove('webhook-delivery', one.id, null).catch(() => this.#left.add(one.id));
  }

  #leave(id: string): void {
    this.#waiting.delete(id);
    this.#done.add(id);
    for (const oldest of this.#done) {
      if (this.#done.size <= MOST_REMEMBERED) return;
      this.#done.delete(oldest);
    }
  }
}

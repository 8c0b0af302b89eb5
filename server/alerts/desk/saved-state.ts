import { z } from 'zod';
import { type SavedAlert, savedAlertSchema } from '@/lib/alerts/alert-episode';
import { subjectKinds } from '@/lib/history/transition';
import type { AlertDocuments } from '@/server/alerts/alert-documents';
import type { FlapBefore } from '@/server/alerts/flaps/flap-record';
import type { Clock, Timer } from '@/server/consul/clock';
import { keptJson } from './kept-json';

const ID = 'open';
const SAVE_EVERY_MS = 1_000;
/** Where saving takes long it is done so much more seldom: it is a small part of the time, however much there is. */
const REST_FACTOR = 20;
/** Of a list in an evidence so many are saved: the rest is told again soon after a restart. */
const MOST_LISTED = 10;
/** What flaps beyond that is found by the record alone. */
const MOST_FLAPS = 5_000;

const subjectSchema = z.object({
  kind: z.enum(subjectKinds),
  ...{ key: z.string(), dc: z.string(), service: z.string().nullable(), node: z.string().nullable() },
});
const stateSchema = z.object({
  alerts: z.array(savedAlertSchema),
  flaps: z.array(z.object({ subject: subjectSchema, item: z.string().nullable(), sinceMs: z.number() })),
});
export type SavedState = z.infer<typeof stateSchema>;

export interface SavedStateParts {
  readonly documents: AlertDocuments;
  readonly clock: Clock;
  /** What is to be saved, as of now. */
  present(): { readonly alerts: readonly SavedAlert[]; readonly flaps: readonly FlapBefore[] };
  /** This Lictor is the one that writes. */
  mayWrite(): boolean;
  readonly log: { warn(fields: object, sentence: string): void };
}

/** What is open, and what flaps, written down by the Lictor that writes, so that a restart or another Lictor goes on with it. */
export class SavedStateKeeper {
  #timer: Timer | null = null;
  #saving: Promise<void> = Promise.resolve();
  #restMs = SAVE_EVERY_MS;
  #trouble: string | null = null;

  constructor(private readonly parts: SavedStateParts) {}

  /** @returns null: nothing was saved that can be read. Rejects where the documents cannot be read. */
  async read(): Promise<SavedState | null> {
    const document = (await this.parts.documents.all('alert-state')).find(({ id }) => id === ID);
    return document ? keptJson(stateSchema, document.body) : null;
  }

  /** Something is other than it was saved. */
  changed(): void {
    if (this.#timer !== null || !this.parts.mayWrite()) return;
    this.#timer = this.parts.clock.setTimeout(() => {
      this.#timer = null;
      this.#saving = this.#save();
    }, this.#restMs);
  }

  /** Saves the last state. */
  async stop(): Promise<void> {
    if (this.#timer !== null) this.parts.clock.clearTimeout(this.#timer);
    await this.#saving;
    await this.#save();
  }

  async #save(): Promise<void> {
    const { documents, clock, present, mayWrite, log } = this.parts;
    if (!mayWrite()) return;
    const beganMs = clock.now();
    const { alerts, flaps } = present();
    try {
      const body = JSON.stringify({
        alerts: alerts.map(briefly),
        flaps: flaps.slice(0, MOST_FLAPS),
      } satisfies SavedState);
      await documents.put('alert-state', ID, body, null);
      this.#trouble = null;
    } catch (error) {
      const { message } = error as Error;
      if (message !== this.#trouble)
        log.warn({}, `Open alerts cannot be written down, so a restart now would find them anew: ${message}`);
      this.#trouble = message;
    }
    this.#restMs = Math.max(SAVE_EVERY_MS, REST_FACTOR * (clock.now() - beganMs));
  }
}

function briefly(alert: SavedAlert): SavedAlert {
  const { condition } = alert;
  const { evidence } = condition;
  if (evidence.kind === 'critical') {
    const brief = { ...evidence, instances: evidence.instances.slice(0, MOST_LISTED) };
    return { ...alert, condition: { ...condition, evidence: brief } };
  }
  if (evidence.kind === 'flapping') {
    const brief = { ...evidence, members: evidence.members.slice(0, MOST_LISTED) };
    return { ...alert, condition: { ...condition, evidence: brief } };
  }
  return alert;
}

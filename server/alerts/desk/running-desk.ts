import type {
  AlertBody,
  AlertRecord,
  AlertRulesBody,
  AlertsBody,
  DeadLetter,
  RulesTrial,
  Silence,
  SilencePreview,
  SilenceWish,
} from '@/lib/alerts/alert-body';
import type { AlertBook } from '@/lib/alerts/alert-book';
import { compareText } from '@/lib/fleet/observe-checks';
import { type AlertDesk, AlertRefusal } from '@/server/alerts/alert-desk-parts';
import type { AlertDelivery } from '@/server/alerts/delivery/delivery-parts';
import type { FirstAnswers } from '@/server/alerts/first-answers';
import type { RulesSource } from '@/server/alerts/rules/rules-source';
import type { Acknowledgements } from './acknowledgements';
import type { AlertHistory } from './alert-history';
import type { AlertPublication } from './alert-publication';
import { previewSilence } from './silence-preview';
import type { Silences } from './silences';

export interface RunningDeskParts {
  readonly book: AlertBook;
  readonly acknowledgements: Acknowledgements;
  readonly silences: Silences;
  readonly rules: RulesSource;
  readonly outlets: AlertDelivery;
  readonly history: AlertHistory;
  readonly publication: AlertPublication;
  readonly firstAnswers: FirstAnswers;
  /** Of something that flaps, its worst member. */
  flapOf(alert: AlertRecord): AlertBody['flap'];
  tryRules: AlertDesk['tryRules'];
  /** Publishes what became of it, so that the answer has it. */
  settle(): void;
  /** One after the other, with the readings of what others wrote. */
  inTurn<T>(act: () => Promise<T>): Promise<T>;
  nowIso(): string;
  nowMs(): number;
}

const OVER: readonly AlertRecord['state'][] = ['pending', 'resolved'];

/** What people do about alerts. Each wish is written down before it counts, so that no answer says of anything that it holds which a restart would lose. */
export class RunningDesk implements AlertDesk {
  constructor(private readonly parts: RunningDeskParts) {}

  alerts(): AlertsBody {
    return this.parts.publication.body;
  }

  async alert(id: string): Promise<AlertBody> {
    const { history, publication, flapOf } = this.parts;
    const told = await history.of(id, this.#record(id).subject);
    const record = this.#record(id);
    const { epoch, seq, at } = publication.body;
    return { ...record, ...{ epoch, seq, at }, history: told, flap: flapOf(record) };
  }

  acknowledge(id: string, etag: string, note: string, by: string): Promise<AlertBody> {
    const { acknowledgements, book, nowIso } = this.parts;
    return this.#change(id, etag, async (record) => {
      if (OVER.includes(record.state)) {
        const sentence = 'The alert does not fire now, so there is nothing to acknowledge. Nothing was changed.';
        throw new AlertRefusal('not-firing', sentence, { present: await this.alert(id) });
      }
      const acknowledgement = { by, at: nowIso(), note };
      const isKept = await kept(() => acknowledgements.put(id, record.since, acknowledgement));
      if (isKept) book.acknowledge(id, acknowledgement);
      return isKept;
    });
  }

  unacknowledge(id: string, etag: string, _by: string): Promise<AlertBody> {
    const { acknowledgements, book } = this.parts;
    return this.#change(id, etag, async () => {
      const isRemoved = await kept(() => acknowledgements.remove(id));
      if (isRemoved) book.unacknowledge(id);
      return isRemoved;
    });
  }

  previewSilence(filter: string): Promise<SilencePreview> {
    const { book, rules, history, nowMs } = this.parts;
    const firedWithin = (ms: number) => history.firedWithin(ms);
    return previewSilence(filter, { records: book.records(), rules: rules.set.rules, nowMs: nowMs(), firedWithin });
  }

  silences(): readonly Silence[] {
    return this.parts.publication.body.silences;
  }

  silence(wish: SilenceWish, idempotencyKey: string, by: string): Promise<Silence> {
    const { firstAnswers, silences, book, settle, inTurn } = this.parts;
    const make = () => inTurn(() => silences.add(wish, idempotencyKey, by, book.records()));
    return firstAnswers.once(idempotencyKey, { wish, by }, make).then(
      (made) => {
        settle();
        return silences.list(book.records()).find(({ id }) => id === made.id) ?? made;
      },
      (error: unknown) => {
        if (error instanceof AlertRefusal) throw error;
        throw notKept(error);
      },
    );
  }

  async endSilence(id: string, etag: string, _by: string): Promise<Silence> {
    const { silences, book, settle, inTurn } = this.parts;
    const ended = await inTurn(() => silences.end(id, etag, book.records()));
    settle();
    return ended;
  }

  rules(): AlertRulesBody {
    return this.parts.rules.body();
  }

  tryRules(text: string, fromMs: number | null, toMs: number | null): Promise<RulesTrial> {
    return this.parts.tryRules(text, fromMs, toMs);
  }

  saveRules(text: string, etag: string, by: string): Promise<AlertRulesBody> {
    return this.parts.rules.save(text, etag, by);
  }

  deadLetters(): readonly DeadLetter[] {
    return [...this.parts.outlets.deadLetters].sort((a, b) => compareText(a.id, b.id));
  }

  resendDeadLetter(id: string, etag: string): Promise<void> {
    return this.#deadLetter(id, () => this.parts.outlets.resend(id, etag));
  }

  discardDeadLetter(id: string, etag: string): Promise<void> {
    return this.#deadLetter(id, () => this.parts.outlets.discard(id, etag));
  }

  async #deadLetter(id: string, act: () => Promise<'done' | 'unknown' | 'changed'>): Promise<void> {
    const outcome = await kept(act);
    if (outcome === 'unknown')
      throw new AlertRefusal('unknown-delivery', 'There is no such delivery: it was sent, or discarded, meanwhile.');
    if (outcome === 'changed') {
      const present = this.deadLetters().find((one) => one.id === id) ?? null;
      throw new AlertRefusal('changed', 'The delivery is not as it was seen: look at it once more.', { present });
    }
  }

  /** @param act false: somebody else, by another Lictor, was faster */
  #change(id: string, etag: string, act: (record: AlertRecord) => Promise<boolean>): Promise<AlertBody> {
    const { settle, inTurn, acknowledgements } = this.parts;
    return inTurn(async () => {
      const record = this.#record(id);
      if (record.etag !== etag) throw await this.#changed(id);
      const isDone = await act(record);
      if (!isDone) await kept(() => acknowledgements.read());
      settle();
      if (!isDone) throw await this.#changed(id);
      return this.alert(id);
    });
  }

  async #changed(id: string): Promise<AlertRefusal> {
    const sentence = 'The alert is not as it was seen: look at it once more, and say it again if it still holds.';
    return new AlertRefusal('changed', sentence, { present: await this.alert(id) });
  }

  /** @throws AlertRefusal `unknown-alert` */
  #record(id: string): AlertRecord {
    const record = this.parts.book.record(id);
    if (record) return record;
    throw new AlertRefusal('unknown-alert', 'There is no alert of this id, or it was over more than a day ago.');
  }
}

async function kept<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw notKept(error);
  }
}

function notKept(error: unknown): AlertRefusal {
  const reason = error instanceof Error ? error.message : String(error);
  return new AlertRefusal('not-kept', `Nothing was changed, for it could not be written down: ${reason}`);
}

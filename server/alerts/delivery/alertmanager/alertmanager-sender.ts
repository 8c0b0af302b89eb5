import { machineMs } from '@/server/alerts/delivery/machine-time';
import { RequestFailed } from '@/server/alerts/delivery/network/request-failed';
import type { SentAlert } from '@/server/alerts/outlet-parts';
import type { Clock } from '@/server/consul/clock';
import type { AlertLedger, DuePost } from './alert-ledger';
import type { AlertmanagerApi } from './alertmanager-api';
import type { AlertmanagerView } from './alertmanager-view';
import { silenceOf } from './own-silence';
import { postBatches } from './post-batches';
import { labelOf, postedAlert } from './posted-alert';
import { type OwnSilence, silencePlan } from './silence-plan';
import type { TheirClock } from './their-clock';

interface SenderParts {
  readonly api: AlertmanagerApi;
  readonly ledger: AlertLedger;
  readonly clock: Clock;
  readonly theirs: TheirClock;
  readonly resendMs: number;
  /** As of now, also while nobody was told yet. */
  readonly leads: () => boolean;
  /** These were accepted for the first time. */
  readonly accepted: (posts: readonly DuePost[]) => void;
  /** A request with alerts was taken. */
  readonly sent: () => void;
}

/** What fires is taken for over where it is not told again for so many times of the pause between two. */
const ENDS_AFTER_RESENDS = 4;
/** Silences that are written at once. */
const SIDE_BY_SIDE = 4;

/** Brings one Alertmanager to the present truth: its silences first, so that nobody is called for what is silenced. */
export class AlertmanagerSender {
  #own: readonly OwnSilence[] = [];
  /** Grows with each change of a silence, at its begin and at its end. */
  #silenceWrites = 0;

  constructor(private readonly parts: SenderParts) {}

  /** For `adopt`, before the silences are read. */
  get silenceWrites(): number {
    return this.#silenceWrites;
  }

  /** Lictor's silences as they are there, unless one was changed since they were asked for. */
  adopt({ own }: AlertmanagerView, writesBefore: number): void {
    if (writesBefore === this.#silenceWrites) this.#own = own;
  }

  /** @throws RequestFailed what was accepted until then stays so */
  async send(alerts: readonly SentAlert[], signal: AbortSignal): Promise<void> {
    const { ledger, clock } = this.parts;
    ledger.tell(alerts, clock.now(), machineMs(clock));
    const refusals = await this.#silence(alerts, signal);
    const silent = new Set(this.#own.map(({ alert }) => alert));
    const due: DuePost[] = [];
    for (const post of ledger.due(clock.now())) {
      const { silenced, record } = post.alert;
      const isSilent = silenced === null || silenced.untilMs <= machineMs(clock) || silent.has(labelOf(post.alert));
      if (isSilent || post.endedAtMs !== null) due.push(post);
      else ledger.refuse(post, `it is silenced here, and ${refusals.get(record.id) ?? 'not yet there'}`, clock.now());
    }
    await postBatches(
      due,
      (batch) => this.#post(batch, signal),
      ({ items, refusal }) => {
        if (refusal === null) this.#accept(items);
        else for (const post of items) ledger.refuse(post, refusal, clock.now());
      },
    );
  }

  async #post(batch: readonly DuePost[], signal: AbortSignal): Promise<string | null> {
    const { api, ledger, theirs, resendMs, leads } = this.parts;
    if (!leads()) throw new RequestFailed('another Lictor leads by now');
    ledger.trying(batch);
    const firesForMs = ENDS_AFTER_RESENDS * resendMs;
    const refusal = await api.post(
      batch.map(({ alert, endedAtMs }) => postedAlert(alert, endedAtMs, { theirs, firesForMs })),
      signal,
    );
    if (refusal === null) this.parts.sent();
    return refusal;
  }

  #accept(posts: readonly DuePost[]): void {
    const { ledger, clock } = this.parts;
    for (const post of posts) ledger.accept(post, clock.now());
    const news = posts.filter(({ isNews }) => isNews);
    if (news.length > 0) this.parts.accepted(news);
  }

  /** @returns why silences were refused, the end of a sentence by the alert's id */
  async #silence(alerts: readonly SentAlert[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { api, clock, theirs } = this.parts;
    const fromMs = machineMs(clock);
    const told = (atMs: number) => theirs.told(atMs);
    const plan = silencePlan(alerts, this.#own, fromMs, (theirMs) => theirs.here(theirMs));
    const refusals = new Map<string, string>();
    const put = plan.put.map(({ alert, untilMs, present }) => async () => {
      const answer = await api.putSilence(silenceOf(alert, { fromMs, untilMs, present }, told), signal);
      if ('refusal' in answer) refusals.set(alert.record.id, `its silence was refused: ${answer.refusal}`);
      else {
        const [startsAtMs, endsAtMs] = [present?.startsAtMs ?? told(fromMs), told(untilMs)];
        const made = { id: answer.id, alert: labelOf(alert), startsAtMs, endsAtMs };
        this.#own = [...this.#own.filter(({ id }) => id !== present?.id), made];
      }
    });
    const end = plan.end.map(({ id }) => async () => {
      await api.endSilence(id, signal);
      this.#own = this.#own.filter((one) => one.id !== id);
    });
    await this.#sideBySide([...end, ...put]);
    return refusals;
  }

  async #sideBySide(writes: readonly (() => Promise<void>)[]): Promise<void> {
    for (let at = 0; at < writes.length; at += SIDE_BY_SIDE) {
      this.#silenceWrites += 1;
      const done = await Promise.allSettled(writes.slice(at, at + SIDE_BY_SIDE).map((write) => write()));
      this.#silenceWrites += 1;
      const failed = done.find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    }
  }
}

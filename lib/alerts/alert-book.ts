import type { Acknowledgement, AlertRecord } from './alert-body';
import type { ActiveSilence, AlertBookChanges, AlertEntry, KeptAcknowledgement } from './alert-book-parts';
import { type Episode, isAbout, type SavedAlert } from './alert-episode';
import { alertRecord } from './alert-record';
import type { Condition, Scope } from './condition';
import { EdgeLog } from './edge-log';
import { Episodes } from './episodes';
import { Explanations } from './explanations';
import { isSameValue } from './same-value';

/** Silences that speak of ages are asked again so often. */
const TIMED_MS = 10_000;

/**
 * All alerts and their life: pending, firing, resolved; suppressed, silenced, acknowledged. It is told conditions scope by scope and what time it is (ms since 1970,
 * which may go back), and says by `take` what became of it. Each call costs what it changes; the order in which scopes are told between two takings makes no difference.
 */
export class AlertBook {
  readonly #log = new EdgeLog();
  readonly #dirty = new Set<string>();
  readonly #records = new Map<string, AlertRecord>();
  readonly #freshness = new Map<string, AlertRecord['freshness']>();
  #acknowledged: ReadonlyMap<string, KeptAcknowledgement> = new Map();
  #silences: readonly ActiveSilence[] = [];
  #silencedElsewhere: ReadonlyMap<string, AlertRecord['silencedElsewhere']> = new Map();
  #timedAtMs = 0;
  #sorted: readonly AlertRecord[] | null = null;
  readonly #episodes = new Episodes({
    changed: (episode, before) => this.#placed(episode, before),
    reached: (episode, phase, atMs) => {
      this.#log.add(episode.id, phase, atMs);
      this.#dirty.add(episode.id);
      if (phase === 'firing') {
        this.#recall(episode);
        this.#explanations.fired(episode.id);
      }
      if (phase === 'resolved') this.#closed(episode);
    },
    forgotten: ({ id }) => this.#dirty.add(id),
  });

  readonly #explanations = new Explanations({
    isPending: (id) => this.#episodes.open.get(id)?.phase === 'pending',
    isCalled: (id) => (this.#episodes.open.get(id)?.calledAtMs ?? null) !== null,
  });

  /**
   * All conditions of a scope: what is not among them holds no more.
   * @param dc of the scope; empty: Lictor's own
   */
  put(scope: Scope, dc: string, conditions: readonly Condition[], nowMs: number): void {
    this.#episodes.put(scope, dc, conditions, nowMs);
  }

  /** What time alone brings about: firing after `forMs`, the end after `keepFiringForMs`, forgetting. Every other call does so too. */
  tick(nowMs: number): void {
    this.#episodes.tick(nowMs);
    this.#askTimed(nowMs);
  }

  /** When `tick` (and `take`) has something to do; null: nothing is awaited. After a `tick` it is not in the past. */
  nextDeadlineMs(): number | null {
    const nextMs = this.#episodes.nextDeadlineMs();
    const isTimed = this.#episodes.open.size > 0 && this.#silences.some(({ timed }) => timed);
    if (!isTimed) return nextMs;
    return Math.min(nextMs ?? Number.POSITIVE_INFINITY, this.#timedAtMs);
  }

  /** The wall clock was set by so much (negative: back), which is no time that passed: to be told as soon as it is seen. */
  clockSet(byMs: number, nowMs: number): void {
    this.#episodes.clockSet(byMs, nowMs);
  }

  /** A datacenter is not live: what needs it begins, ripens and ends no more, and what is told of it waits. Its being lost, without leader or near an end goes on. */
  pause(dc: string, atMs: number): void {
    this.#episodes.pause(dc, atMs);
  }

  /** It is live again: what was told last meanwhile counts now. */
  resume(dc: string, atMs: number): void {
    this.#episodes.resume(dc, atMs);
  }

  /** As it stands in the records; null: it is not known. */
  setFreshness(dc: string, freshness: AlertRecord['freshness']): void {
    if ((this.#freshness.get(dc) ?? null) === freshness) return;
    this.#freshness.set(dc, freshness);
    for (const { id, condition } of this.#all()) if (condition.subject.dc === dc) this.#dirty.add(id);
  }

  /** @returns false: it does not fire (any more) */
  acknowledge(id: string, acknowledgement: Acknowledgement): boolean {
    return this.#setAcknowledged(id, acknowledgement);
  }

  /** @returns false: it does not fire (any more) */
  unacknowledge(id: string): boolean {
    return this.#setAcknowledged(id, null);
  }

  /** All acknowledgements that are kept: each counts for the episode in which it was given, and for no other. Those of what is pending count once it fires. */
  setAcknowledgements(kept: readonly KeptAcknowledgement[]): void {
    this.#acknowledged = new Map(kept.map((one) => [one.id, one]));
    for (const episode of this.#episodes.open.values()) if (episode.phase === 'firing') this.#recall(episode);
  }

  /** All that hold now. */
  setSilences(active: readonly ActiveSilence[]): void {
    this.#silences = active;
    for (const id of this.#episodes.open.keys()) this.#dirty.add(id);
  }

  /** By alert; what is not named is silenced nowhere else. */
  setSilencedElsewhere(byAlert: ReadonlyMap<string, AlertRecord['silencedElsewhere']>): void {
    for (const id of [...this.#silencedElsewhere.keys(), ...byAlert.keys()]) this.#dirty.add(id);
    this.#silencedElsewhere = byAlert;
  }

  /** After a restart, before anything is told: they stay as they were, and nothing of them ripens, until their scope is told. What is here already is passed over. */
  restore(saved: readonly SavedAlert[], nowMs: number): void {
    this.#episodes.restore(saved, nowMs);
  }

  /** All scopes of a datacenter were told (empty: Lictor's own): what was restored and not told again is over. */
  settle(dc: string, nowMs: number): void {
    this.#episodes.settle(dc, nowMs);
  }

  /** What `restore` takes. */
  saved(nowMs: number): readonly SavedAlert[] {
    return this.#episodes.save(nowMs);
  }

  /** What is not published of an alert; undefined: there is none. */
  entry(id: string): AlertEntry | undefined {
    return this.#episodes.open.get(id) ?? this.#episodes.ended.get(id);
  }

  /** By id, sorted, as they were taken last. */
  records(): readonly AlertRecord[] {
    this.#sorted ??= [...this.#records.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return this.#sorted;
  }

  record(id: string): AlertRecord | undefined {
    return this.#records.get(id);
  }

  /** What changed since it was taken last. A record that says the same as before is no change and stays the same object. */
  take(nowMs: number): AlertBookChanges {
    this.tick(nowMs);
    this.#settleCauses(nowMs);
    const changed: { id: string; record: AlertRecord | null }[] = [];
    for (const id of [...this.#dirty].sort()) {
      const before = this.#records.get(id) ?? null;
      const episode = this.#episodes.open.get(id) ?? this.#episodes.ended.get(id);
      const record = episode ? this.#publish(episode, before, nowMs) : null;
      this.#log.close(id, before?.state ?? null, record?.state ?? null, nowMs);
      if (record === before) continue;
      if (record) this.#records.set(id, record);
      else this.#records.delete(id);
      changed.push({ id, record });
    }
    this.#dirty.clear();
    if (changed.length > 0) this.#sorted = null;
    return { changed, edges: this.#log.take() };
  }

  /** What ceased while another told its cause is over with that one: for the little while that it would fire on nobody need be called. */
  #settleCauses(nowMs: number): void {
    for (let isSettled = false; !isSettled; ) {
      isSettled = true;
      this.#explanations.settle((id) => this.#dirty.add(id));
      for (const id of this.#dirty) {
        const episode = this.#episodes.open.get(id);
        if (episode?.phase !== 'firing' || episode.holds || episode.calledAtMs !== null) continue;
        if (this.#explanations.rootOf(id) !== null || this.#records.get(id)?.state !== 'suppressed') continue;
        this.#episodes.end(episode, nowMs);
        isSettled = false;
      }
    }
  }

  #publish(episode: Episode, before: AlertRecord | null, nowMs: number): AlertRecord {
    const { id, condition, phase } = episode;
    const suppressedBy = this.#explanations.rootOf(id);
    if (phase === 'firing' && suppressedBy === null) episode.calledAtMs ??= nowMs;
    const surroundings = {
      freshness: this.#freshness.get(condition.subject.dc) ?? null,
      suppressedBy,
      suppresses: [...this.#explanations.inside(id)].sort(),
      silencedElsewhere: this.#silencedElsewhere.get(id) ?? [],
      silencedBy: (alert: AlertRecord) =>
        this.#silences
          .filter(({ matches }) => matches(alert, nowMs))
          .map((silence) => silence.id)
          .sort(),
    };
    const record = alertRecord(episode, surroundings, before);
    return before && isSameValue(before, record) ? before : record;
  }

  #placed(episode: Episode, before: Condition | null): void {
    this.#dirty.add(episode.id);
    const { condition, phase } = episode;
    if (phase === 'resolved') return;
    const isExplainedAsBefore =
      before?.evidence.kind === condition.evidence.kind &&
      before.standsFor === condition.standsFor &&
      isSameValue(before.explainedBy, condition.explainedBy);
    if (!isExplainedAsBefore) this.#explanations.put(condition);
  }

  #closed(episode: Episode): void {
    // It may have fired and ended since it was taken last. What was explained then ends with its cause, in whichever order they are told.
    const wasExplained = (this.#records.get(episode.id)?.suppressedBy ?? null) !== null;
    if (episode.phase === 'resolved' && !wasExplained && !this.#explanations.isExplained(episode.id)) {
      episode.calledAtMs ??= episode.firedAtMs;
    }
    this.#explanations.remove(episode.id);
    episode.acknowledged = null;
  }

  #setAcknowledged(id: string, acknowledgement: Acknowledgement | null): boolean {
    const episode = this.#episodes.open.get(id);
    if (episode?.phase !== 'firing') return false;
    if (!isSameValue(episode.acknowledged, acknowledgement)) {
      episode.acknowledged = acknowledgement;
      this.#dirty.add(id);
    }
    return true;
  }

  #recall(episode: Episode): void {
    const kept = this.#acknowledged.get(episode.id);
    if (!kept || !isAbout(episode, kept)) this.#setAcknowledged(episode.id, null);
    else this.#setAcknowledged(episode.id, { by: kept.by, at: kept.at, note: kept.note });
  }

  /** Also where the clock went back. */
  #askTimed(nowMs: number): void {
    if (!this.#silences.some(({ timed }) => timed)) return;
    if (nowMs < this.#timedAtMs && this.#timedAtMs - nowMs <= TIMED_MS) return;
    this.#timedAtMs = nowMs + TIMED_MS;
    for (const id of this.#episodes.open.keys()) this.#dirty.add(id);
  }

  *#all(): Iterable<Episode> {
    yield* this.#episodes.open.values();
    yield* this.#episodes.ended.values();
  }
}

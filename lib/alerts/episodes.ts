import { type Episode, leftOf, newEpisode, restoredEpisode, type SavedAlert, savedAlert } from './alert-episode';
import { type AlertPhase, needsLive } from './alert-state';
import type { Condition, Scope } from './condition';
import { Deadlines } from './deadlines';
import { EndedAlerts } from './ended-alerts';
import type { Evidence } from './evidence';
import { OpenAlerts } from './open-alerts';
import { isSameValue } from './same-value';
import { SteadyClock } from './steady-clock';

/** What is told of each step in the life of an alert. `atMs`: ms since 1970. */
export interface EpisodeListener {
  /** Its condition is there for the first time, or with other evidence. `before`: as it was; null: it is new. */
  changed(episode: Episode, before: Condition | null): void;
  /** It is open in that phase from now on, or over; what was pending is then forgotten at once. */
  reached(episode: Episode, phase: AlertPhase, atMs: number): void;
  /** What was over is forgotten. */
  forgotten(episode: Episode): void;
}

/** Each alert's life from pending to resolved, in watched time, one by one: what they are to each other is not asked here. */
export class Episodes {
  readonly open = new OpenAlerts();
  readonly ended: EndedAlerts;
  readonly #deadlines = new Deadlines();
  readonly #clock = new SteadyClock();
  /** What was told of datacenters that are not live. */
  readonly #paused = new Map<string, Map<Scope, readonly Condition[]>>();

  constructor(private readonly listener: EpisodeListener) {
    this.ended = new EndedAlerts((episode) => listener.forgotten(episode));
  }

  put(scope: Scope, dc: string, conditions: readonly Condition[], nowMs: number): void {
    this.tick(nowMs);
    const paused = this.#paused.get(dc);
    paused?.set(
      scope,
      conditions.filter(({ evidence }) => needsLive(evidence.kind)),
    );
    const told = paused ? conditions.filter(({ evidence }) => !needsLive(evidence.kind)) : conditions;
    this.#tell(scope, dc, told, nowMs, (kind) => !paused || !needsLive(kind));
  }

  /** What time alone brings about. */
  tick(nowMs: number): void {
    const steadyMs = this.#clock.read(nowMs);
    for (let due = this.#deadlines.takeDue(steadyMs); due; due = this.#deadlines.takeDue(steadyMs)) {
      const episode = this.open.get(due.id);
      if (!episode) continue;
      episode.timer = null;
      const atMs = this.#clock.wall(due.atMs);
      if (episode.phase === 'pending') this.#fire(episode, atMs);
      else this.end(episode, atMs);
    }
    this.ended.forgetUntil(nowMs);
  }

  /** When `tick` has something to do; null: nothing is awaited. */
  nextDeadlineMs(): number | null {
    const dueMs = this.#deadlines.nextMs();
    const nextMs = Math.min(dueMs === null ? Number.POSITIVE_INFINITY : this.#clock.wall(dueMs), this.ended.nextMs());
    return nextMs === Number.POSITIVE_INFINITY ? null : nextMs;
  }

  clockSet(byMs: number, nowMs: number): void {
    this.#clock.set(byMs, nowMs);
  }

  pause(dc: string, atMs: number): void {
    this.tick(atMs);
    if (this.#paused.has(dc)) return;
    this.#paused.set(dc, new Map());
    for (const episode of this.open.ofDatacenter(dc))
      if (needsLive(episode.condition.evidence.kind)) this.#halt(episode);
  }

  resume(dc: string, atMs: number): void {
    this.tick(atMs);
    const told = this.#paused.get(dc);
    if (!told) return;
    this.#paused.delete(dc);
    for (const episode of this.open.ofDatacenter(dc)) {
      if (!episode.restored && episode.timer?.fromMs === null) this.#await(episode, episode.timer.leftMs);
    }
    for (const [scope, conditions] of told) this.#tell(scope, dc, conditions, atMs, needsLive);
  }

  /** @param saved what an id that is here already says is passed over */
  restore(saved: readonly SavedAlert[], nowMs: number): void {
    this.tick(nowMs);
    for (const alert of saved) {
      const { id } = alert.condition;
      if (alert.phase === 'resolved' ? this.ended.has(id) : this.open.has(id)) continue;
      const episode = restoredEpisode(alert);
      if (episode.phase === 'resolved') this.ended.add(episode);
      else this.open.add(episode);
      this.listener.changed(episode, null);
    }
  }

  settle(dc: string, nowMs: number): void {
    this.tick(nowMs);
    const paused = this.#paused.get(dc);
    for (const episode of this.open.ofDatacenter(dc)) {
      if (!episode.restored) continue;
      if (!paused || !needsLive(episode.condition.evidence.kind)) this.#cease(episode, nowMs);
      else if (!paused.has(episode.scope)) paused.set(episode.scope, []);
    }
  }

  /** It is over, before its time. */
  end(episode: Episode, atMs: number): void {
    Object.assign(episode, { phase: 'resolved', resolvedAtMs: atMs, holds: false, timer: null });
    this.#deadlines.remove(episode.id);
    this.open.remove(episode);
    this.listener.reached(episode, 'resolved', atMs);
    this.ended.add(episode);
  }

  /** All that a restart must not lose. */
  save(nowMs: number): SavedAlert[] {
    const steadyMs = this.#clock.read(nowMs);
    return [...this.ended.values(), ...this.open.values()].map((episode) => savedAlert(episode, steadyMs));
  }

  #tell(
    scope: Scope,
    dc: string,
    conditions: readonly Condition[],
    nowMs: number,
    concerns: (kind: Evidence['kind']) => boolean,
  ): void {
    const ids = new Set(conditions.map(({ id }) => id));
    for (const episode of this.open.ofScope(scope)) {
      if (!ids.has(episode.id) && concerns(episode.condition.evidence.kind)) this.#cease(episode, nowMs);
    }
    for (const condition of conditions) this.#hold(scope, dc, condition, nowMs);
  }

  #hold(scope: Scope, dc: string, condition: Condition, nowMs: number): void {
    const episode = this.open.get(condition.id);
    if (!episode) {
      this.#begin(scope, dc, condition, nowMs);
      return;
    }
    const before = episode.condition;
    const wasRestored = episode.restored;
    const isOther = episode.scope !== scope || !isSameValue(before, condition);
    if (isOther) {
      this.open.remove(episode);
      Object.assign(episode, { scope, condition: withKnownEvidence(condition, before) });
      this.open.add(episode);
    }
    episode.restored = false;
    if (episode.phase === 'pending') this.#goOnPending(episode, before, wasRestored, nowMs);
    else if (!episode.holds) {
      episode.holds = true;
      this.#halt(episode);
      episode.timer = null;
    }
    if (isOther) this.listener.changed(episode, before);
  }

  #begin(scope: Scope, dc: string, condition: Condition, nowMs: number): void {
    const { id, sinceMs, sinceAtLeast, forMs } = condition;
    const afterMs = this.ended.get(id)?.resolvedAtMs ?? null;
    const episode = newEpisode({ id, scope, dc, condition, sinceMs, sinceAtLeast, afterMs });
    this.open.add(episode);
    this.listener.changed(episode, null);
    if (forMs <= 0) this.#fire(episode, nowMs);
    else {
      this.listener.reached(episode, 'pending', nowMs);
      this.#await(episode, forMs);
    }
  }

  /** What began later than what held before (another instance of the service) has not held as long. */
  #goOnPending(episode: Episode, before: Condition, wasRestored: boolean, nowMs: number): void {
    const { condition, timer } = episode;
    const leftMs = timer ? leftOf(timer, this.#clock.nowMs) : before.forMs;
    const isYounger = condition.sinceMs > before.sinceMs && !condition.sinceAtLeast;
    if (isYounger || condition.sinceMs < episode.sinceMs) {
      episode.sinceMs = condition.sinceMs;
      episode.sinceAtLeast = condition.sinceAtLeast;
    }
    const heldMs = Math.max(0, before.forMs - leftMs);
    const countedMs = isYounger ? Math.min(heldMs, Math.max(0, nowMs - condition.sinceMs)) : heldMs;
    if (countedMs >= condition.forMs) this.#fire(episode, nowMs);
    else if (wasRestored || countedMs !== heldMs || condition.forMs !== before.forMs) {
      this.#await(episode, condition.forMs - countedMs);
    }
  }

  #cease(episode: Episode, nowMs: number): void {
    episode.restored = false;
    const { phase, holds, timer, condition } = episode;
    if (phase === 'pending') {
      this.open.remove(episode);
      this.#deadlines.remove(episode.id);
      this.listener.reached(episode, 'resolved', nowMs);
    } else if (!holds) {
      if (timer?.fromMs === null) this.#await(episode, timer.leftMs);
    } else {
      episode.holds = false;
      if (condition.keepFiringForMs <= 0) this.end(episode, nowMs);
      else this.#await(episode, condition.keepFiringForMs);
    }
  }

  #fire(episode: Episode, atMs: number): void {
    this.#halt(episode);
    Object.assign(episode, { phase: 'firing', firedAtMs: atMs, timer: null });
    this.ended.takeBack(episode.id);
    this.listener.reached(episode, 'firing', atMs);
  }

  /** Its clock runs unless its datacenter is not live. */
  #await(episode: Episode, leftMs: number): void {
    const steadyMs = this.#clock.nowMs;
    const stands = this.#paused.has(episode.dc) && needsLive(episode.condition.evidence.kind);
    episode.timer = { leftMs, fromMs: stands ? null : steadyMs };
    if (stands) this.#deadlines.remove(episode.id);
    else this.#deadlines.set(episode.id, steadyMs + leftMs);
  }

  #halt(episode: Episode): void {
    this.#deadlines.remove(episode.id);
    const { timer } = episode;
    if (timer) episode.timer = { leftMs: leftOf(timer, this.#clock.nowMs), fromMs: null };
  }
}

/** Evidence that says the same stays the same object, which is quick to compare from then on. */
function withKnownEvidence(condition: Condition, { evidence }: Condition): Condition {
  return isSameValue(evidence, condition.evidence) ? { ...condition, evidence } : condition;
}

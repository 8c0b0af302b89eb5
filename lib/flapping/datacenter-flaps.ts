import { serviceKey } from '@/lib/fleet/keys';
import { isMaintenanceCheck } from '@/lib/fleet/status';
import type { Subject, Transition } from '@/lib/history/transition';
import type { FlapSettings } from './flap-settings';
import type { FlapTrack } from './flap-track';
import { isFlapStatus, worsening } from './flap-transition';
import { type InstanceBehind, InstancesBehind } from './instances-behind';
import { SubjectFlaps } from './subject-flaps';
import { WatchedTime } from './watched-time';

/** Something began to flap, or ceased to. */
export interface FlapEdge {
  readonly edge: 'begins' | 'ends';
  readonly subject: Subject;
  /** A check's id; null: the subject's status in sum. */
  readonly item: string | null;
  /** ms since 1970. */
  readonly atMs: number;
}

/** How something stood where the record that is read begins. */
export interface ResumedState {
  readonly flappingSinceMs: number | null;
  readonly isInMaintenance: boolean;
}

export const NO_EDGES: readonly FlapEdge[] = [];

/** What changed lately in one datacenter, and what of it flaps. */
export class DatacenterFlaps {
  readonly time: WatchedTime;
  /** By kind and key. */
  readonly #subjects = new Map<string, SubjectFlaps>();
  readonly #behind = new InstancesBehind();

  constructor(
    private readonly settingsOf: (service: string | null) => FlapSettings,
    keptMs: number,
    atMs: number,
  ) {
    this.time = new WatchedTime(atMs, keptMs);
  }

  *tracks(): Generator<FlapTrack> {
    for (const { own, checks } of this.#subjects.values()) {
      yield own;
      yield* checks.values();
    }
  }

  trackOf(subject: Subject, item: string | null): FlapTrack | undefined {
    const flaps = this.#subjects.get(nameOf(subject));
    return item === null ? flaps?.own : flaps?.checks.get(item);
  }

  observe(transition: Transition): readonly FlapEdge[] {
    const { subject, kind, observedAtMs, unwatchedFromMs } = transition;
    this.time.moveTo(observedAtMs);
    const nowMs = this.time.untilMs;
    this.#behind.moveTo(nowMs);
    if (kind === 'status') return this.#status(transition);
    if (kind === 'check') return this.#check(transition);
    if (subject.kind === 'instance' && (kind === 'version' || kind === 'deregistered')) this.#excuseRestart(subject);
    if (kind === 'deregistered') return this.#forget(subject);
    if (kind === 'registered') this.#behind.note(subject, null);
    if (kind === 'registered' && unwatchedFromMs === null && subject.kind !== 'service') {
      const { settling, settings } = this.#subject(subject).own;
      settling.begin(nowMs, settings.settleMs);
    }
    return NO_EDGES;
  }

  advance(untilMs: number): readonly FlapEdge[] {
    this.time.moveTo(untilMs);
    const edges: FlapEdge[] = [];
    for (const [name, flaps] of this.#subjects) {
      for (const track of flaps.moveTo(this.time)) edges.push(this.#edge(track, 'ends'));
      if (flaps.isIdle(this.time.untilMs)) this.#subjects.delete(name);
    }
    return edges;
  }

  resume(subject: Subject, item: string | null, atMs: number, state: ResumedState): void {
    const flaps = this.#subject(subject);
    const track = item === null ? flaps.own : flaps.check(item, atMs);
    track.flappingSinceMs = state.flappingSinceMs;
    track.isInMaintenance = state.isInMaintenance;
    track.resumedAtMs = atMs;
  }

  /** The machine's clock was set by so much, which was noticed at `atMs`. */
  clockSet(byMs: number, atMs: number): void {
    // What was seen between the step and its being noticed has moved this datacenter's time already.
    if (!(Math.abs(atMs - this.time.untilMs) >= Math.abs(byMs) / 2)) return;
    this.time.shift(byMs);
    for (const track of this.tracks()) track.shift(byMs, this.time.untilMs);
  }

  #status(transition: Transition): readonly FlapEdge[] {
    const { subject, to } = transition;
    const { own } = this.#subject(subject);
    own.isInMaintenance = to === 'maintenance';
    const behind = this.#behind.of(subject);
    if (behind?.falls === null) return NO_EDGES;
    const { counted, edges } = this.#count(own, transition, behind);
    this.#behind.note(subject, counted ? own.ring.falls : null);
    return edges;
  }

  #check(transition: Transition): readonly FlapEdge[] {
    const { subject, item, from, to } = transition;
    if (item === null || isMaintenanceCheck(item)) return NO_EDGES;
    const flaps = this.#subject(subject);
    const track = flaps.check(item, this.time.untilMs);
    if (to === null) {
      flaps.checks.delete(item);
      return this.#lastEdge(track);
    }
    // An agent's check begins critical.
    if (from === null) track.settling.begin(this.time.untilMs, track.settings.settleMs);
    if (flaps.own.isInMaintenance || flaps.own.settling.isOn(this.time.untilMs)) return NO_EDGES;
    return this.#count(track, transition, undefined).edges;
  }

  #count(
    track: FlapTrack,
    { from, to, merged, unwatchedFromMs }: Transition,
    behind: InstanceBehind | undefined,
  ): { counted: boolean; edges: readonly FlapEdge[] } {
    const edges: FlapEdge[] = [];
    const atMs = this.time.untilMs;
    if (track.moveTo(this.time)) edges.push(this.#edge(track, 'ends'));
    if (!isFlapStatus(from) || !isFlapStatus(to) || unwatchedFromMs !== null) return { counted: false, edges };
    const { settling, settings } = track;
    const isSettling = settling.isOn(atMs);
    if ((to === 'passing' && settling.pass(atMs, settings.settleMs)) || isSettling) return { counted: false, edges };
    const worse = worsening(from, to);
    const wasDown = track.isDown(atMs);
    const direction = { isFall: worse > 0 && !wasDown, isRecovery: worse < 0 && wasDown };
    const by = { instance: behind?.instance ?? null, instanceFalls: behind?.falls ?? 0 };
    if (track.count({ atMs, from, to, merged, ...by, ...direction })) edges.push(this.#edge(track, 'begins'));
    return { counted: true, edges };
  }

  /** An instance is another version now, or goes: what it did before that was part of it, for its service too. */
  #excuseRestart(subject: Subject): void {
    const fromMs = this.#subject(subject).excuseRestart(this.time.untilMs);
    if (subject.service === null) return;
    this.#subjects.get(`service ${serviceKey(subject.dc, subject.service)}`)?.own.excuse(fromMs, subject.key);
  }

  /** It is gone, and so are its checks. */
  #forget(subject: Subject): readonly FlapEdge[] {
    this.#behind.note(subject, null);
    const name = nameOf(subject);
    const gone = this.#subjects.get(name)?.tracks ?? [];
    this.#subjects.delete(name);
    return gone.flatMap((track) => this.#lastEdge(track));
  }

  #lastEdge(track: FlapTrack): readonly FlapEdge[] {
    return track.flappingSinceMs === null ? NO_EDGES : [this.#edge(track, 'ends')];
  }

  #edge({ subject, item }: FlapTrack, edge: FlapEdge['edge']): FlapEdge {
    return { edge, subject, item, atMs: this.time.untilMs };
  }

  #subject(subject: Subject): SubjectFlaps {
    const name = nameOf(subject);
    const known = this.#subjects.get(name);
    if (known) return known;
    const flaps = new SubjectFlaps(subject, this.settingsOf(subject.service), this.time.untilMs);
    this.#subjects.set(name, flaps);
    return flaps;
  }
}

const nameOf = ({ kind, key }: Subject): string => `${kind} ${key}`;

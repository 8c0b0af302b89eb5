import type { FailoverSwitch } from './topology-body';

/** A service that others stand in for, as it is now. */
export interface WatchedService {
  readonly key: string;
  /** Passing and warning instances; null: its datacenter is not live, and what it has is not known. */
  readonly healthy: number | null;
  /** In their order. */
  readonly standIns: readonly WatchedStandIn[];
}

export interface WatchedStandIn {
  readonly key: string;
  readonly canServe: boolean;
  /** When traffic of callers of this service was last seen to go there, ms since 1970; null: never, or nobody counts it. */
  readonly seenAtMs: number | null;
}

interface Loss {
  readonly lostMs: number;
  /** Stand-ins that took traffic of these callers before: more of it proves nothing. */
  readonly taking: ReadonlySet<string>;
}

const MOST_SWITCHES = 50;
const TAKING_MS = 5 * 60_000;

/**
 * Sees services go over to what stands in for them: the last healthy instance falls, the traffic of its callers is seen at a stand-in (or, where that is not
 * counted, the chain has one that can serve), and an instance of its own is healthy again. `tookMs` is until the traffic was counted, and so never less than it took.
 */
export class FailoverWatch {
  /** Services that had a healthy instance when they were last known. */
  readonly #serving = new Set<string>();
  readonly #losses = new Map<string, Loss>();
  /** The newest of each service that lasts. */
  readonly #open = new Map<string, FailoverSwitch>();
  #ended: FailoverSwitch[] = [];

  /** Takes over what an earlier run saw; what lasts of it is seen to end. What was seen since this one began stands. @param known the newest first */
  adopt(known: readonly FailoverSwitch[]): void {
    const ended = known.filter(({ endedAt }) => endedAt !== null);
    this.#ended = [...this.#ended, ...ended].sort(byLoss).slice(0, MOST_SWITCHES);
    for (const one of known) if (one.endedAt === null && !this.#open.has(one.key)) this.#open.set(one.key, one);
  }

  /** @returns the switch that began, was seen to happen or ended by this; null: nothing did */
  see(service: WatchedService, nowMs: number): FailoverSwitch | null {
    const { key, healthy } = service;
    if (healthy === null) return null;
    if (healthy > 0) {
      this.#serving.add(key);
      this.#losses.delete(key);
      return this.#end(key, nowMs);
    }
    if (this.#serving.delete(key)) this.#losses.set(key, { lostMs: nowMs, taking: takingOf(service, nowMs) });
    const loss = this.#losses.get(key);
    return loss ? this.#takeOver(service, loss) : null;
  }

  /** The service is gone, or nothing stands in for it any more: what lasts of it ends. */
  forget(key: string, nowMs: number): FailoverSwitch | null {
    this.#serving.delete(key);
    this.#losses.delete(key);
    return this.#end(key, nowMs);
  }

  /** The newest first. */
  switches(): readonly FailoverSwitch[] {
    return [...this.#open.values(), ...this.#ended].sort(byLoss).slice(0, MOST_SWITCHES);
  }

  #takeOver({ key, standIns }: WatchedService, { lostMs, taking }: Loss): FailoverSwitch | null {
    const before = this.#open.get(key);
    if (before?.seenBy === 'observed') return null;
    const seen = standIns.find((one) => !taking.has(one.key) && one.seenAtMs !== null && one.seenAtMs > lostMs);
    const to = seen ?? standIns.find(({ canServe }) => canServe);
    if (!to || (before?.to === to.key && !seen)) return null;
    const after: FailoverSwitch = {
      key,
      lostAt: new Date(lostMs).toISOString(),
      to: to.key,
      tookMs: seen?.seenAtMs ? seen.seenAtMs - lostMs : null,
      seenBy: seen ? 'observed' : 'declared',
      endedAt: null,
    };
    this.#open.set(key, after);
    return after;
  }

  #end(key: string, nowMs: number): FailoverSwitch | null {
    const open = this.#open.get(key);
    if (!open) return null;
    this.#open.delete(key);
    const ended = { ...open, endedAt: new Date(Math.max(nowMs, Date.parse(open.lostAt))).toISOString() };
    this.#ended = [ended, ...this.#ended].sort(byLoss).slice(0, MOST_SWITCHES);
    return ended;
  }
}

function takingOf({ standIns }: WatchedService, nowMs: number): ReadonlySet<string> {
  const taking = standIns.filter(({ seenAtMs }) => seenAtMs !== null && nowMs - seenAtMs < TAKING_MS);
  return new Set(taking.map(({ key }) => key));
}

const byLoss = (a: FailoverSwitch, b: FailoverSwitch): number =>
  a.lostAt === b.lostAt ? (a.key < b.key ? -1 : 1) : a.lostAt > b.lostAt ? -1 : 1;

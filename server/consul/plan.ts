import { SAFE_WAIT_MS } from './blocking-query';

/** What the planner may choose from in one datacenter. */
export interface PlanSubject {
  readonly name: string;
  readonly services: readonly string[];
  /** Services worth a watch of their own: each list goes before the next, and in a list who stands first. */
  readonly hot: readonly (readonly string[])[];
  /** As planned before: a datacenter does not change its mode for one service more or less. */
  readonly mode: 'exact' | 'signals';
}

export interface DatacenterPlan {
  /** `exact`: each service has a waiting query of its own. `signals`: only those of `exact` do; signals and sweeps cover the rest. */
  readonly mode: 'exact' | 'signals';
  readonly exact: ReadonlySet<string>;
  /** How long a waiting query stands at Consul. */
  readonly waitMs: number;
  /** How long one may have to wait for its turn on the wire; 0 while there is a place for each. */
  readonly queueMs: number;
}

/** Waiting queries of a datacenter as a whole: services, nodes, the nodes' own checks, critical and warning checks. */
const SIGNALS_PER_DATACENTER = 5;
/** Where there are more waiting queries than places they take turns, each so long. */
const TURN_MS = 2_000;
/**
 * More waits than this no address is given, whatever its transport carries: each is asked anew every 25 to 45 s, and ten thousand of them, 400 reads a second while
 * nothing happens, kept a small Consul so busy that it answered no ping.
 */
const MOST_WAITS = 2_000;
/** To become exact again a datacenter must fit into this part of what is left, to stay so into all of it. */
const FITS_WELL = 0.9;

/**
 * Whether what is configured may wait at Consul as well. Where that would leave too few places for the signals it is read now and then instead: no status is
 * late for its sake.
 * @param places of all waiting queries @param questions about what is configured, in all of the datacenters
 */
export function hasRoomForConfiguration(places: number, datacenters: number, questions: number): boolean {
  return places >= SIGNALS_PER_DATACENTER * datacenters + questions;
}

/**
 * Chooses which services are watched exactly so that all waiting queries together fit into what the transport of one Consul address carries
 * (`waitingCapacity`; the room for short reads is not part of it). Small datacenters are served whole first; what is left goes to the hot services of the
 * others, in turns, so that none takes it all.
 * @param waitMs as long as Consul may be asked to wait: each wait that ends without news costs both sides a request
 */
export function planWatches(
  waitingCapacity: number,
  subjects: readonly PlanSubject[],
  waitMs = SAFE_WAIT_MS,
): Map<string, DatacenterPlan> {
  const signals = SIGNALS_PER_DATACENTER * subjects.length;
  const rounds = Math.max(1, Math.ceil(signals / Math.max(1, waitingCapacity)));
  const pace = { waitMs: rounds > 1 ? TURN_MS : waitMs, queueMs: (rounds - 1) * TURN_MS };
  let left = Math.min(waitingCapacity, MOST_WAITS) - signals;
  const plans = new Map<string, DatacenterPlan>();
  const bySize = [...subjects].sort((a, b) => a.services.length - b.services.length);
  const tooLarge: PlanSubject[] = [];
  for (const subject of bySize) {
    if (subject.services.length > left * (subject.mode === 'exact' ? 1 : FITS_WELL)) {
      tooLarge.push(subject);
      continue;
    }
    left -= subject.services.length;
    plans.set(subject.name, { ...pace, mode: 'exact', exact: new Set(subject.services) });
  }
  for (const [name, exact] of hottest(Math.max(0, left), tooLarge)) {
    plans.set(name, { ...pace, mode: 'signals', exact });
  }
  return plans;
}

function hottest(places: number, subjects: readonly PlanSubject[]): Map<string, ReadonlySet<string>> {
  const chosen = new Map(subjects.map(({ name }) => [name, new Set<string>()]));
  const listed = new Map(subjects.map(({ name, services }) => [name, new Set(services)]));
  const lists = Math.max(0, ...subjects.map(({ hot }) => hot.length));
  let left = places;
  for (let list = 0; list < lists; list += 1) {
    const longest = Math.max(...subjects.map(({ hot }) => hot[list]?.length ?? 0));
    for (let rank = 0; rank < longest && left > 0; rank += 1) {
      for (const { name, hot } of subjects) {
        const service = hot[list]?.[rank];
        const own = chosen.get(name);
        if (left === 0 || service === undefined || !own || own.has(service) || !listed.get(name)?.has(service))
          continue;
        own.add(service);
        left -= 1;
      }
    }
  }
  return chosen;
}

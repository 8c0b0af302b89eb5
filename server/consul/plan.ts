/** What the planner may choose from in one datacenter. */
export interface PlanSubject {
  readonly name: string;
  readonly services: readonly string[];
  /** Services that someone looks at. */
  readonly hot: ReadonlySet<string>;
}

export interface DatacenterPlan {
  /** `exact`: each service has a waiting query of its own. `signals`: only those of `exact` do; signals and sweeps cover the rest. */
  readonly mode: 'exact' | 'signals';
  readonly exact: ReadonlySet<string>;
}

/** Waiting queries of a datacenter as a whole: services, nodes, the nodes' own checks; above the budget also critical and warning checks. */
const SIGNALS_PER_DATACENTER = 5;

/**
 * Chooses which services are watched exactly so that all waiting queries together fit into what the transport of one Consul address carries
 * (`waitingCapacity`; the room for short reads is not part of it). Small datacenters are served whole first; what is left goes to the hot services of the others.
 */
export function planWatches(waitingCapacity: number, subjects: readonly PlanSubject[]): Map<string, DatacenterPlan> {
  let left = waitingCapacity - SIGNALS_PER_DATACENTER * subjects.length;
  const plans = new Map<string, DatacenterPlan>();
  const bySize = [...subjects].sort((a, b) => a.services.length - b.services.length);
  const tooLarge: PlanSubject[] = [];
  for (const subject of bySize) {
    if (subject.services.length > left) {
      tooLarge.push(subject);
      continue;
    }
    left -= subject.services.length;
    plans.set(subject.name, { mode: 'exact', exact: new Set(subject.services) });
  }
  for (const subject of tooLarge) {
    const hot = subject.services.filter((name) => subject.hot.has(name)).slice(0, Math.max(0, left));
    left -= hot.length;
    plans.set(subject.name, { mode: 'signals', exact: new Set(hot) });
  }
  return plans;
}

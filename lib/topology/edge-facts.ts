import type { EdgeEvidence } from './edge-evidence';

/** What an edge is, of which other edges' marks and whether they are drawn depend. */
export interface EdgeFacts {
  /** Somebody declares that traffic goes here: an upstream, a gateway, metadata or a document. */
  readonly isExpected: boolean;
  /** An intention for these two by name allows it. That is no promise of traffic, but who wrote it knows of it. */
  readonly isPermitted: boolean;
  /** An intention stands for these two, whatever it says. */
  readonly isIntention: boolean;
  /** What is sent to the one goes on to the other: a route or a failover. */
  readonly isWay: boolean;
  /** Traffic of this edge is counted, though it may be none. */
  readonly isCounted: boolean;
  /** Traffic was seen. */
  readonly isSeen: boolean;
}

export const NO_FACTS: EdgeFacts = {
  ...{ isExpected: false, isPermitted: false, isIntention: false, isWay: false, isCounted: false, isSeen: false },
};

export function edgeFacts(evidence: Iterable<EdgeEvidence>): EdgeFacts {
  const facts = { ...NO_FACTS };
  for (const one of evidence) {
    const { kind, allowed, from, to } = one;
    if (kind === 'upstream' || kind === 'gateway' || kind === 'declared') facts.isExpected = true;
    if (kind === 'intention') facts.isIntention = true;
    if (kind === 'intention' && allowed === true && !isAny(from) && !isAny(to)) facts.isPermitted = true;
    if (kind === 'route' || kind === 'failover') facts.isWay = true;
    if (kind === 'observed') facts.isCounted = true;
    if (seenAtMs(one) !== null) facts.isSeen = true;
  }
  return facts;
}

/** When traffic was last seen, ms since 1970; null: never, or it is no evidence of traffic. */
export function seenAtMs({ kind, traffic, seenAtMs }: EdgeEvidence): number | null {
  if (kind !== 'observed') return null;
  if (!traffic) return seenAtMs;
  return traffic.ratePerSecond > 0 ? traffic.atMs : (traffic.lastMs ?? null);
}

/** Whether a key stands for all services of a datacenter: `*` of an intention or a gateway. No service can be named so. */
export const isAny = (key: string): boolean => key.endsWith('/*');

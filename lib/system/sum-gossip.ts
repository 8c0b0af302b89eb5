import type { Gossip, GossipMember, GossipStatus } from './consul-health';

/** More are counted, not listed: what is not alive comes first, and of the others a person looks at the nodes' page. */
const MOST_LISTED = 50;
const RANK: Readonly<Record<GossipStatus, number>> = { failed: 0, leaving: 1, unknown: 2, left: 3, alive: 4 };

/** Counts members by their state, and lists those that are worth a look. */
export function sumGossip(pool: Gossip['pool'], members: readonly GossipMember[]): Gossip {
  const count = (wanted: GossipStatus) => members.filter(({ status }) => status === wanted).length;
  const sorted = [...members].sort(
    (a, b) =>
      RANK[a.status] - RANK[b.status] ||
      Number(b.server) - Number(a.server) ||
      (a.name < b.name ? -1 : Number(a.name > b.name)),
  );
  return {
    ...{ pool, alive: count('alive'), leaving: count('leaving'), left: count('left'), failed: count('failed') },
    members: sorted.slice(0, MOST_LISTED),
    notListed: Math.max(0, sorted.length - MOST_LISTED),
  };
}

import type { GossipStatus, Quorum } from './consul-health';

/** `none`: the servers say that they have none; `unknown`: they could not be asked. */
export type LeaderSight = 'known' | 'none' | 'unknown';

/**
 * Whether the servers of a datacenter can still decide together, from how each voter stands in the gossip and whether there is a leader. A
 * leader proves a quorum, for one elected it and it steps down without; gossip alone is slower, and may be wrong for a moment.
 */
export function judgeQuorum(voters: readonly GossipStatus[], leader: LeaderSight): Quorum {
  const needed = Math.floor(voters.length / 2) + 1;
  const reachable = voters.filter((status) => status === 'alive').length;
  const unseen = voters.filter((status) => status === 'unknown').length;
  const counts = { voters: voters.length, reachable, unseen, needed };
  const state = stateOf(counts, leader);
  return { state, ...counts, sentence: sentenceOf(state, counts) };
}

type Counts = Pick<Quorum, 'voters' | 'reachable' | 'unseen' | 'needed'>;

function stateOf({ voters, reachable, unseen, needed }: Counts, leader: LeaderSight): Quorum['state'] {
  if (leader === 'known') return 'kept';
  if (voters === 0) return 'unknown';
  if (reachable + unseen < needed) return 'lost';
  return leader === 'none' && reachable >= needed ? 'electing' : 'unknown';
}

function sentenceOf(state: Quorum['state'], { voters, reachable, unseen, needed }: Counts): string {
  if (voters === 0) {
    return state === 'kept' ? 'Quorum kept: there is a leader.' : 'Whether there is a quorum is not known.';
  }
  const seen = unseen === 0 ? '' : `, ${unseen} not in sight`;
  const counted = `${reachable} of ${voters} voters reachable${seen}, ${needed} needed`;
  if (state === 'kept') return `Quorum kept: ${counted}.`;
  if (state === 'lost') return `Quorum lost: ${counted}. Nothing can be written there until more servers are back.`;
  if (state === 'electing') return `No leader: ${counted}; an election should bring one within seconds.`;
  return `Whether there is a quorum is not known: ${counted}.`;
}

import type { ConsulHealth, Gossip, GossipMember } from './consul-health';
import { type GossipServer, type JudgedServer, joinServers, type RaftPeer } from './join-servers';
import { judgeQuorum, type LeaderSight } from './judge-quorum';
import { sumGossip } from './sum-gossip';
import { versionCounts } from './version-counts';

/** What was read of one datacenter's Consul, each part as it was last read. */
export interface ConsulEvidence {
  readonly readings: ConsulHealth['readings'];
  readonly leader: string | null;
  readonly leaderSight: LeaderSight;
  readonly peers: readonly RaftPeer[];
  /** Null where autopilot does not say, or not now: its judgement of a moment ago is worth nothing. */
  readonly autopilot: { readonly failureTolerance: number; readonly servers: readonly JudgedServer[] } | null;
  readonly gossip: {
    readonly pool: Gossip['pool'];
    readonly members: readonly (GossipMember & GossipServer)[];
    /** The last attempt brought them. */
    readonly current: boolean;
  } | null;
}

/** Consul's own health in one datacenter, from what was read of it. */
export function judgeConsul({ readings, leader, leaderSight, peers, autopilot, gossip }: ConsulEvidence): ConsulHealth {
  const members = gossip?.members ?? [];
  const servers = joinServers({
    ...{ peers, autopilot: autopilot?.servers ?? [], leader },
    gossip: members.filter(({ server }) => server),
  });
  const voters = peers.length === 0 ? [] : servers.filter(({ voter }) => voter !== false);
  return {
    readings,
    leader,
    quorum: judgeQuorum(
      voters.map((server) => (gossip?.current ? server.gossip : 'unknown')),
      leaderSight,
    ),
    servers,
    failureTolerance: autopilot?.failureTolerance ?? null,
    gossip: gossip && sumGossip(gossip.pool, members.map(memberOf)),
    versions: versionCounts(
      members.length > 0 ? members : servers.map(({ version }) => ({ version: version ?? '', server: true })),
    ),
  };
}

/** Without what only the servers' list shows. */
const memberOf = ({ name, address, status, server, version }: GossipMember): GossipMember => ({
  ...{ name, address, status, server, version },
});

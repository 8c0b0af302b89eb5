import type { ConsulServer, GossipStatus } from './consul-health';

/** A server as the gossip knows it. */
export interface GossipServer {
  readonly name: string;
  /** `host:port` of its RPC; null: it does not say. */
  readonly rpcAddress: string | null;
  readonly id: string | null;
  readonly version: string;
  readonly status: GossipStatus;
}

/** A raft peer. `/v1/status/peers` names its address alone. */
export interface RaftPeer {
  readonly id: string | null;
  readonly name: string | null;
  readonly address: string;
  readonly voter: boolean | null;
  readonly lastIndex: number | null;
}

/** A server as autopilot judges it. */
export interface JudgedServer {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly version: string;
  readonly voter: boolean;
  readonly healthy: boolean;
  readonly lastContactMs: number | null;
  readonly lastIndex: number | null;
  readonly stableSince: string | null;
}

/** What is known of the servers of one datacenter, by who said it; empty where nobody did. */
export interface ServerSources {
  readonly peers: readonly RaftPeer[];
  readonly autopilot: readonly JudgedServer[];
  readonly gossip: readonly GossipServer[];
  /** `host:port`; null: there is none, or it is not known. */
  readonly leader: string | null;
}

/**
 * One list of servers from all that tell of them, by name. They are the same by their id, else by their address: a server's gossip may go out by
 * another address (of the WAN) than its raft. Raft says who counts: a server that is in the gossip alone votes for nothing.
 */
export function joinServers({ peers, autopilot, gossip, leader }: ServerSources): ConsulServer[] {
  const others = new Set(gossip);
  const servers = peers.map((peer) => {
    const judged = autopilot.find(({ id, address }) => id === peer.id || address === peer.address);
    const ownId = peer.id ?? judged?.id ?? null;
    const member = gossip.find(({ id, rpcAddress }) => (ownId !== null && id === ownId) || rpcAddress === peer.address);
    if (member) others.delete(member);
    return {
      id: ownId ?? member?.id ?? null,
      name: peer.name ?? member?.name ?? judged?.name ?? peer.address,
      address: peer.address,
      version: member?.version || judged?.version || null,
      gossip: member?.status ?? 'unknown',
      voter: peer.voter ?? judged?.voter ?? null,
      leader: leader === peer.address,
      healthy: judged?.healthy ?? null,
      lastContactMs: judged?.lastContactMs ?? null,
      lastIndex: judged?.lastIndex ?? peer.lastIndex,
      stableSince: judged?.stableSince ?? null,
    };
  });
  const voter = peers.length === 0 ? null : false;
  return [...servers, ...[...others].map((member) => inGossipAlone(member, voter, leader))].sort(byName);
}

function inGossipAlone(member: GossipServer, voter: false | null, leader: string | null): ConsulServer {
  const { id, name, rpcAddress, version, status } = member;
  return {
    ...{ id, name, address: rpcAddress ?? '', version: version || null, gossip: status, voter },
    leader: leader !== null && rpcAddress === leader,
    ...{ healthy: null, lastContactMs: null, lastIndex: null, stableSince: null },
  };
}

const byName = (a: ConsulServer, b: ConsulServer): number => (a.name < b.name ? -1 : Number(a.name > b.name));

import type { Status } from '@/lib/fleet/model';
import type { ConsulServer, GossipStatus, Quorum } from './consul-health';

/** `alive`: the gossip says so, and autopilot was not heard. */
export type ServerState = 'healthy' | 'alive' | 'unhealthy' | 'leaving' | 'left' | 'failed' | 'unseen';

/** One word for a server: what the gossip has lost is not made well by an older judgement of autopilot. */
export function serverState({ gossip, healthy }: Pick<ConsulServer, 'gossip' | 'healthy'>): ServerState {
  if (gossip === 'failed' || gossip === 'left' || gossip === 'leaving') return gossip;
  if (healthy !== null) return healthy ? 'healthy' : 'unhealthy';
  return gossip === 'alive' ? 'alive' : 'unseen';
}

const SERVER_STATUS: Readonly<Record<ServerState, Status>> = {
  ...{ healthy: 'passing', alive: 'passing', unhealthy: 'warning', leaving: 'warning' },
  ...{ left: 'unknown', failed: 'critical', unseen: 'unknown' },
};

/** The shape and colour that the state is shown in. */
export const serverStatus = (server: Pick<ConsulServer, 'gossip' | 'healthy'>): Status =>
  SERVER_STATUS[serverState(server)];

const GOSSIP_STATUS: Readonly<Record<GossipStatus, Status>> = {
  ...{ alive: 'passing', leaving: 'warning', left: 'unknown', failed: 'critical', unknown: 'unknown' },
};

export const gossipStatus = (status: GossipStatus): Status => GOSSIP_STATUS[status];

const QUORUM_STATUS: Readonly<Record<Quorum['state'], Status>> = {
  ...{ kept: 'passing', lost: 'critical', electing: 'warning', unknown: 'unknown' },
};

export const quorumStatus = (state: Quorum['state']): Status => QUORUM_STATUS[state];

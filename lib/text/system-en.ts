import type { GossipStatus, Quorum } from '@/lib/system/consul-health';
import type { ServerState } from '@/lib/system/server-state';

export interface Wording {
  readonly number: (value: number) => string;
  readonly plural: (count: number, one: string, many: string) => string;
  readonly list: (items: readonly string[]) => string;
  readonly age: (ageMs: number) => string;
}

type Counts = Pick<Quorum, 'voters' | 'reachable' | 'unseen' | 'needed'>;

const gossip: Record<GossipStatus, string> = {
  alive: 'alive',
  leaving: 'leaving',
  left: 'left',
  failed: 'failed',
  unknown: 'not in sight',
};

const server: Record<ServerState, string> = {
  healthy: 'healthy',
  alive: 'alive',
  unhealthy: 'unhealthy',
  leaving: 'leaving',
  left: 'left',
  failed: 'failed',
  unseen: 'not in sight',
};

const quorumWord: Record<Quorum['state'], string> = {
  kept: 'Quorum kept',
  lost: 'Quorum lost',
  electing: 'No leader',
  unknown: 'Quorum not known',
};

/** What the page of Lictor's and Consul's own health says. */
export const systemEn = ({ number, plural, list, age }: Wording) => ({
  title: 'System',
  gossip,
  server,
  verdict: {
    waiting: 'Waiting for the first look',
    none: 'No datacenter is known yet',
    lost: (dcs: readonly string[]) => `${list(dcs)} ${dcs.length === 1 ? 'has' : 'have'} lost the quorum`,
    electing: (dcs: readonly string[]) => `${list(dcs)} ${dcs.length === 1 ? 'has' : 'have'} no leader`,
    unwell: (count: number, dcs: readonly string[]) =>
      `${plural(count, 'Consul server is', 'Consul servers are')} not well in ${list(dcs)}`,
    unknown: (dcs: readonly string[]) =>
      `Whether ${list(dcs)} ${dcs.length === 1 ? 'has' : 'have'} a quorum is not known`,
    kept: (count: number) => `Consul has its quorum in ${plural(count, 'datacenter', 'datacenters')}`,
    keptIn: (dc: string) => `Consul has its quorum in ${dc}`,
  },
  quorum: (state: Quorum['state'], { voters, reachable, unseen, needed }: Counts) =>
    voters === 0
      ? quorumWord[state]
      : `${quorumWord[state]}: ${number(reachable)} of ${number(voters)} voters reachable, ${unseen > 0 ? `${number(unseen)} not in sight, ` : ''}${number(needed)} needed`,
  mayLose: (count: number) => (count > 0 ? `${number(count)} more may be lost` : 'no more may be lost'),
  servers: 'Consul servers',
  column: {
    state: 'State',
    server: 'Server',
    role: 'Role',
    heard: 'Heard from leader',
    index: 'Log index',
    version: 'Version',
  },
  role: { leader: 'leader', voter: 'voter', noVote: 'no vote', untold: 'not told' },
  heardAgo: (ageText: string) => `${ageText} ago`,
  untold: 'not told',
  untoldWhy: 'Consul did not say, or the token may not ask; below stands which.',
  noServers: 'No server has been seen yet',
  noServersHint: 'They are listed here as soon as Consul names them.',
  /** `<time> ago`, of an answer. */
  ago: (ageMs: number) => `${age(ageMs)} ago`,
  never: 'never read',
  readFrom: 'Read from',
  reading: {
    leader: 'Leader',
    peers: 'Raft peers',
    raft: 'Voters',
    autopilot: 'Health of servers',
    members: 'Gossip members',
  },
  configuration: { entries: 'Configuration entries', intentions: 'Intentions', keys: 'Keys' },
  grant: 'Grant this rule to see it:',
  members: 'Members',
  membersOf: { lan: 'every agent of the datacenter', wan: 'its servers, as other datacenters see them' },
  member: (count: number, is: GossipStatus) => `${number(count)} ${gossip[is]}`,
  more: (count: number) => `+ ${number(count)} more`,
  versions: 'Versions',
  agents: (servers: number, clients: number) =>
    list([
      ...(servers > 0 ? [plural(servers, 'server', 'servers')] : []),
      ...(clients > 0 ? [plural(clients, 'client', 'clients')] : []),
    ]),
  mixed: 'servers of different versions',
  plan: 'Plan',
  planned: {
    exact: (services: number) => `${plural(services, 'service', 'services')}, each watched exactly`,
    signals: (exact: number, services: number) =>
      `${number(exact)} of ${number(services)} services watched exactly, the others by signals`,
  },
  cost: 'Cost',
  costs: (readsPerSecond: number, watches: number) =>
    `${plural(watches, 'waiting query', 'waiting queries')}, ${plural(readsPerSecond, 'read', 'reads')}/s at rest`,
  notLive: (count: number) => `${number(count)} not live`,
  delay: 'Seen within',
  delays: { status: 'status', membership: 'instances', definition: 'definitions', all: 'everything' },
  within: (ms: number) => (ms < 1_000 ? `${number(ms)} ms` : `${number(ms / 1_000)} s`),
  connections: 'Connections to Consul',
  connection: {
    address: 'Address',
    protocol: 'Protocol',
    open: 'Open, at most',
    waiting: 'Waiting, at most',
    queued: 'Queued',
    requests: 'Requests',
    errors: 'Failed',
  },
  outOf: (count: number, most: number) => `${number(count)} of ${number(most)}`,
  unreachable: 'does not answer',
  lictor: 'Lictor',
  version: 'Version',
  started: 'Started',
  leadership: 'Leadership',
  leads: 'this Lictor leads',
  follows: (holder: string) => `follows ${holder}`,
  nobodyLeads: 'nobody is known to lead',
  leadBy: {
    session: 'by a session in Consul',
    database: 'by a lock in the shared database',
    alone: 'shares its record with nobody',
  },
  record: 'Record',
  recordState: {
    opening: 'is being opened',
    writing: 'this Lictor writes it',
    following: 'another Lictor writes it',
    down: 'cannot be written now',
  },
  recordIn: { sqlite: 'SQLite in the data folder', postgres: 'in the shared PostgreSQL' },
  recordQueued: (count: number) => plural(count, 'transition waits', 'transitions wait'),
  recordDropped: (count: number) =>
    plural(count, 'transition given up for want of room', 'transitions given up for want of room'),
  clients: 'Streams',
  clientCount: (count: number) => plural(count, 'open stream', 'open streams'),
  memory: 'Memory',
  megabytes: (bytes: number) => `${number(Math.round(bytes / 1_000_000))} MB`,
  heap: (text: string) => `${text} of them JavaScript objects`,
  epoch: 'Epoch',
  problems: 'Problems',
  noProblems: 'No problem is known',
});

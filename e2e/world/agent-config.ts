import type { AgentPorts, TlsFiles } from './agent';

/** What the configuration of one agent follows from. */
export interface AgentPlan {
  name: string;
  datacenter: string;
  role: 'server' | 'client';
  dataFolder: string;
  ports: AgentPorts;
  /** Gossip ports of every other agent of the datacenter: whoever starts later, or again, finds the others by itself. */
  lanPorts: number[];
  /** How many servers its datacenter has: so many elect the first leader together. */
  servers: number;
  /** Where the servers of every other datacenter gossip over the WAN, as `address:port`; empty for clients. */
  wanPeers: string[];
  /** By which the other datacenters reach it; null: its own address. */
  wanAddress: string | null;
  /** Null where the datacenters do not form a federation. */
  primaryDatacenter: string | null;
  nodeMeta: Record<string, string>;
  tls: TlsFiles | null;
  /** With ACLs, the token that may do everything; null without. */
  managementToken: string | null;
  /** Connections that it takes from one client address; null: Consul's own default. Read at each start. */
  maxConnectionsPerClient: number | null;
  /** Shows Consul's own UI, if it is a server. */
  ui: boolean;
  /** Consul's minor version number: 8 for 1.8.7. */
  consulMinor: number;
}

/** The agent's configuration file, as an object. @param start how often it has been started, this time included */
export function agentConfig(plan: AgentPlan, start: number): Record<string, unknown> {
  return {
    node_name: plan.name,
    datacenter: plan.datacenter,
    data_dir: plan.dataFolder,
    bind_addr: '127.0.0.1',
    client_addr: '127.0.0.1',
    node_meta: { ...plan.nodeMeta, start: String(start) },
    log_level: 'info',
    disable_update_check: true,
    ports: ports(plan),
    retry_join: plan.lanPorts.map((port) => `127.0.0.1:${port}`),
    retry_interval: '500ms',
    ...gossip,
    // At its default of five minutes a check whose output alone changed would tell nobody.
    check_update_interval: '0s',
    ...(plan.role === 'server' ? serverPart(plan) : {}),
    ...(plan.primaryDatacenter === null ? {} : { primary_datacenter: plan.primaryDatacenter }),
    ...(plan.tls === null ? {} : { ca_file: plan.tls.ca, cert_file: plan.tls.cert, key_file: plan.tls.key }),
    ...(plan.maxConnectionsPerClient === null
      ? {}
      : { limits: { http_max_conns_per_client: plan.maxConnectionsPerClient } }),
    ...(plan.managementToken === null ? {} : { acl: aclPart(plan, plan.managementToken) }),
  };
}

/**
 * A lost node is critical after about 2.5 s. Consul's own development timings (a probe each 100 ms) would see it in one, but on a machine that is
 * busy with a build or a browser they also declare the living dead.
 */
const gossip = {
  gossip_lan: { gossip_interval: '100ms', probe_interval: '400ms', probe_timeout: '300ms', suspicion_mult: 4 },
  gossip_wan: { gossip_interval: '100ms', probe_interval: '1s', probe_timeout: '500ms', suspicion_mult: 3 },
};

function ports({ ports: own, consulMinor }: AgentPlan): Record<string, number> {
  return {
    http: own.http,
    https: own.https ?? -1,
    serf_lan: own.serfLan,
    serf_wan: own.serfWan,
    server: own.rpc,
    dns: own.dns ?? -1,
    grpc: -1,
    // 1.8 refuses a key that it does not know.
    ...(consulMinor >= 14 ? { grpc_tls: -1 } : {}),
  };
}

function serverPart(plan: AgentPlan): Record<string, unknown> {
  return {
    server: true,
    bootstrap_expect: plan.servers,
    performance: { raft_multiplier: 1 },
    ui: plan.ui,
    // A server that a test kills or freezes stays a voter (by default its leader votes it out after ten seconds), and one that a busy machine keeps
    // waiting for the fifth of a second that is the default is not unhealthy.
    autopilot: { cleanup_dead_servers: false, last_contact_threshold: '2s' },
    connect: { enabled: true },
    retry_join_wan: plan.wanPeers,
    retry_interval_wan: '500ms',
    ...(plan.wanAddress === null ? {} : { advertise_addr_wan: plan.wanAddress }),
  };
}

function aclPart(plan: AgentPlan, management: string): Record<string, unknown> {
  const secondary = plan.primaryDatacenter !== null && plan.primaryDatacenter !== plan.datacenter;
  const bootstrap = plan.consulMinor >= 11 ? 'initial_management' : 'master';
  const serverTokens = secondary ? { replication: management } : { [bootstrap]: management };
  return {
    enabled: true,
    default_policy: 'deny',
    tokens: { agent: management, ...(plan.role === 'server' ? serverTokens : {}) },
    ...(secondary && plan.role === 'server' ? { enable_token_replication: true } : {}),
  };
}

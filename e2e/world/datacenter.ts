import type { AgentPorts, TlsFiles } from './agent';
import { ConsulAgent } from './agent';
import type { PortPool } from './port-pool';
import type { Supervisor } from './supervised';
import { until } from './until';
import { Wan, wanAddressOf } from './wan';

/** Its Consul servers and its client agents. */
export interface Datacenter {
  name: string;
  /** The first of its servers; the only one unless more are asked for. */
  server: ConsulAgent;
  /** All of them. */
  servers: ConsulAgent[];
  clients: ConsulAgent[];
}

export interface DatacenterSetup {
  names: string[];
  serversPerDatacenter: number;
  clientsPerDatacenter: number;
  federated: boolean;
  tls: TlsFiles | null;
  managementToken: string | null;
  dns: boolean;
  /** The datacenters know each other by addresses of their own, at which a `Wan` stands between them. */
  cuttableWan: boolean;
  maxConnectionsPerClient: number | null;
  ui: boolean;
  binary: string;
  consulMinor: number;
}

/** An agent whose first attempt fails tries again after 15 to 30 s. */
const SYNC_DEADLINE_MS = 45_000;
const ZONES = ['a', 'b', 'c'];

/** Plans every agent of the world, none of them started, with ports of their own. */
export async function planDatacenters(
  setup: DatacenterSetup,
  supervisor: Supervisor,
  pool: PortPool,
): Promise<Datacenter[]> {
  const wanted = await Promise.all(
    setup.names.map(async (name, position) => ({
      name,
      wanAddress: setup.cuttableWan ? wanAddressOf(position) : null,
      ports: await Promise.all(
        Array.from({ length: setup.serversPerDatacenter + setup.clientsPerDatacenter }, () => takePorts(setup, pool)),
      ),
    })),
  );
  return wanted.map(({ name, wanAddress, ports }) => {
    const agents = ports.map((own, index) => {
      const servers = setup.serversPerDatacenter;
      const role = index < servers ? 'server' : 'client';
      const agentName = `${name}-${role}-${index < servers ? index + 1 : index + 1 - servers}`;
      const others = wanted.filter((other) => other.name !== name);
      return new ConsulAgent(
        {
          name: agentName,
          datacenter: name,
          role,
          dataFolder: `${supervisor.folder}/${agentName}`,
          ports: own,
          lanPorts: ports.filter((other) => other !== own).map((other) => other.serfLan),
          servers,
          wanPeers: role === 'server' ? others.flatMap((other) => wanPeersOf(other, servers)) : [],
          wanAddress: role === 'server' ? wanAddress : null,
          primaryDatacenter: setup.federated ? (setup.names[0] ?? null) : null,
          nodeMeta: { zone: `${name}-${ZONES[index % ZONES.length]}`, role },
          tls: setup.tls,
          managementToken: setup.managementToken,
          maxConnectionsPerClient: setup.maxConnectionsPerClient,
          ui: setup.ui,
          consulMinor: setup.consulMinor,
        },
        supervisor,
        setup.binary,
      );
    });
    const servers = agents.slice(0, setup.serversPerDatacenter);
    const [server] = servers;
    if (server === undefined) throw new Error(`Datacenter ${name} has no server.`);
    return { name, server, servers, clients: agents.slice(servers.length) };
  });
}

function wanPeersOf(other: { wanAddress: string | null; ports: AgentPorts[] }, servers: number): string[] {
  return other.ports.slice(0, servers).map(({ serfWan }) => `${other.wanAddress ?? '127.0.0.1'}:${serfWan}`);
}

/** Stands between planned datacenters from now on; null where they know each other by their own addresses. */
export async function wanBetween(datacenters: Datacenter[]): Promise<Wan | null> {
  const servers = datacenters.flatMap((datacenter) => datacenter.servers.map(({ plan }) => plan));
  const wan = new Wan();
  for (const { wanAddress, ports } of servers) {
    if (wanAddress === null) return null;
    await wan.carryUdp(wanAddress, ports.serfWan);
    for (const port of [ports.serfWan, ports.rpc]) await wan.carryTcp(wanAddress, port);
  }
  return wan;
}

async function takePorts(setup: DatacenterSetup, pool: PortPool) {
  return {
    http: await pool.take(),
    https: setup.tls === null ? null : await pool.take(),
    dns: setup.dns ? await pool.take() : null,
    serfLan: await pool.take(),
    serfWan: await pool.take(),
    rpc: await pool.take(),
  };
}

/**
 * Starts the servers, and, once each leads and reaches the others, the clients: these see no election, and find whoever judges their token.
 * Resolves when every agent knows its leader.
 */
export async function startAgents(datacenters: Datacenter[]): Promise<void> {
  await startAll(datacenters.flatMap(({ servers }) => servers));
  await joinedOverWan(datacenters);
  await startAll(datacenters.flatMap(({ clients }) => clients));
}

async function startAll(agents: ConsulAgent[]): Promise<void> {
  await Promise.all(agents.map((agent) => agent.start()));
  await Promise.all(agents.map((agent) => agent.ready()));
}

/** Resolves when every server reaches the leader of every datacenter. */
async function joinedOverWan(datacenters: Datacenter[]): Promise<void> {
  const pairs = datacenters.flatMap(({ servers }) =>
    servers.flatMap((server) => datacenters.map((other) => ({ server, other: other.name }))),
  );
  await Promise.all(
    pairs.map(({ server, other }) =>
      until(`${server.name} to reach the leader of ${other}`, () => server.leaderOf(other)),
    ),
  );
}

/**
 * Resolves when every running agent has brought the catalog up to date since it started, which the number of its start in the catalog's metadata tells.
 * Its mere presence there proves nothing: Consul's leader enters a node by itself as soon as it gossips.
 */
export async function synced({ name, server, servers, clients }: Datacenter): Promise<void> {
  const running = [...servers, ...clients].filter(({ pid }) => pid !== null);
  await until(
    `the agents of ${name} to have synced`,
    async () => {
      const nodes =
        await server.consul.get<{ Node: string; Meta: Record<string, string> | null }[]>('/v1/catalog/nodes');
      const starts = new Map(nodes.map(({ Node, Meta }) => [Node, Meta?.start]));
      const late = running.filter((agent) => starts.get(agent.name) !== String(agent.starts));
      if (late.length > 0) throw new Error(`${late.map((agent) => agent.name).join(', ')} did not`);
      return true;
    },
    { deadlineMs: SYNC_DEADLINE_MS },
  );
}

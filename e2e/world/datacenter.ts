import type { TlsFiles } from './agent';
import { ConsulAgent } from './agent';
import type { PortPool } from './port-pool';
import type { Supervisor } from './supervised';
import { until } from './until';

/** One Consul server and its client agents. */
export interface Datacenter {
  name: string;
  server: ConsulAgent;
  clients: ConsulAgent[];
}

export interface DatacenterSetup {
  names: string[];
  clientsPerDatacenter: number;
  federated: boolean;
  tls: TlsFiles | null;
  acl: boolean;
  dns: boolean;
  binary: string;
  consulMinor: number;
}

const ZONES = ['a', 'b', 'c'];

/** Plans every agent of the world, none of them started, with ports of their own. */
export async function planDatacenters(
  setup: DatacenterSetup,
  supervisor: Supervisor,
  pool: PortPool,
): Promise<Datacenter[]> {
  const wanted = await Promise.all(
    setup.names.map(async (name) => ({
      name,
      ports: await Promise.all(Array.from({ length: setup.clientsPerDatacenter + 1 }, () => takePorts(setup, pool))),
    })),
  );
  return wanted.map(({ name, ports }) => {
    const agents = ports.map((own, index) => {
      const role = index === 0 ? 'server' : 'client';
      const agentName = index === 0 ? `${name}-server-1` : `${name}-client-${index}`;
      const others = wanted.filter((other) => other.name !== name);
      return new ConsulAgent(
        {
          name: agentName,
          datacenter: name,
          role,
          dataFolder: `${supervisor.folder}/${agentName}`,
          ports: own,
          lanPorts: ports.filter((other) => other !== own).map((other) => other.serfLan),
          wanPorts: role === 'server' ? others.flatMap((other) => other.ports[0]?.serfWan ?? []) : [],
          primaryDatacenter: setup.federated ? (setup.names[0] ?? null) : null,
          nodeMeta: { zone: `${name}-${ZONES[index % ZONES.length]}`, role },
          tls: setup.tls,
          acl: setup.acl,
          consulMinor: setup.consulMinor,
        },
        supervisor,
        setup.binary,
      );
    });
    const [server, ...clients] = agents;
    if (server === undefined) throw new Error(`Datacenter ${name} has no server.`);
    return { name, server, clients };
  });
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

/** Starts all agents at once; resolves when each of them knows its leader. */
export async function startAgents(datacenters: Datacenter[]): Promise<void> {
  const agents = datacenters.flatMap(({ server, clients }) => [server, ...clients]);
  await Promise.all(agents.map((agent) => agent.start()));
  await Promise.all(agents.map((agent) => agent.ready()));
}

/** Resolves when every server reaches the leader of every datacenter. */
export async function joinedOverWan(datacenters: Datacenter[]): Promise<void> {
  const pairs = datacenters.flatMap(({ name, server }) =>
    datacenters.map((other) => ({ name, server, other: other.name })),
  );
  await Promise.all(
    pairs.map(({ name, server, other }) =>
      until(`${name} to reach the leader of ${other}`, () =>
        server.consul.get<string>(`/v1/status/leader?dc=${other}`, 2_000),
      ),
    ),
  );
}

/** Resolves when every agent stands in its datacenter's catalog. */
export async function catalogued(datacenters: Datacenter[]): Promise<void> {
  await Promise.all(
    datacenters.map(({ name, server, clients }) =>
      until(`all agents of ${name} to stand in its catalog`, async () => {
        const nodes = await server.consul.get<unknown[]>('/v1/catalog/nodes');
        return nodes.length === clients.length + 1;
      }),
    ),
  );
}

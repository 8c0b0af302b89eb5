import type { World } from '@/e2e/world/world';

/** What takes traffic in from outside. */
interface Entrance {
  /** As Prometheus's job is called, too: by it is told whose counts they are. */
  readonly name: string;
  /** Answers `/metrics`, on loopback. */
  readonly port: number;
  /** Services that it stands before. */
  readonly before: readonly string[];
}

/** Registers what stands before the shop, with what it calls in its metadata. */
export async function registerDemoEntrances(
  world: World,
  datacenter: string,
  entrances: readonly Entrance[],
): Promise<void> {
  const node = world.datacenters.find(({ name }) => name === datacenter)?.clients[0]?.name;
  if (node === undefined) throw new Error(`No client agent is in ${datacenter}.`);
  for (const { name, port, before } of entrances) {
    await world.register(node, {
      ...{ ID: name, Name: name, Address: '127.0.0.1', Port: port },
      Meta: { team: 'web', kind: 'gateway', upstreams: before.join(', ') },
      Checks: [
        { Name: `GET /metrics of ${name}`, HTTP: `http://127.0.0.1:${port}/metrics`, Interval: '2s', Timeout: '1s' },
      ],
    });
  }
}

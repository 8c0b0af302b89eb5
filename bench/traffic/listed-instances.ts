import { answerProfile } from '@/e2e/world/answer-profile';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { ShopProcess } from '@/e2e/world/shop-process';
import { versionLabel } from '@/e2e/world/version-label';
import type { World } from '@/e2e/world/world';

const NODE = 'edge';

/** Registers instances that no agent owns, as external services are. @param ports one for each; what listens there is the caller's */
export async function listInstances(
  consul: ConsulHttp,
  service: string,
  version: string,
  ports: readonly number[],
): Promise<void> {
  for (const port of ports) {
    const ID = `${service}-${port}`;
    await consul.put('/v1/catalog/register', {
      Node: NODE,
      Address: '127.0.0.1',
      Service: {
        ID,
        Service: service,
        Address: '127.0.0.1',
        Port: port,
        Tags: [versionLabel(version)],
        Meta: { version },
        Weights: { Passing: 256, Warning: 1 },
      },
      Check: { CheckID: `${ID}:health`, Name: 'health', Status: 'passing', ServiceID: ID, Output: 'ok' },
    });
  }
}

/** The same, with a real server behind each, until the world ends. */
export async function openInstances(
  world: World,
  consul: ConsulHttp,
  service: string,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  const servers = new ShopProcess();
  world.accompany(() => servers.end());
  for (const [version, count] of Object.entries(counts)) {
    const ports: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const port = await world.takePort();
      ports.push(port);
      await servers.ask({
        kind: 'open',
        plan: {
          ...{ key: `${service}/${port}`, service, version, id: `${service}-${port}`, node: NODE, protocol: 'http' },
          ...{ port, healthPort: port, profile: answerProfile(service, version) },
        },
        health: { status: 200, body: 'ok' },
      });
    }
    await listInstances(consul, service, version, ports);
  }
}

import { expect, test } from 'vitest';
import { removeInstance } from '@/e2e/harness/catalog';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { FleetBody, ServiceBody } from '@/lib/fleet/model';

const SERVICES = 10_000;
const PATIENCE = { deadlineMs: 60_000 };

// HTTP/2 would carry a waiting query for each; asked anew every 20 s, they alone would keep this Consul too busy to answer a ping.
test(
  'ten thousand services: all are read and shown, Consul stays live under it, a flip and a departure are seen, and memory stays small',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1, { tls: true, services: SERVICES, instancesPerService: 1 });
    const consul = world.consul('dc1');
    const { lictor } = await stage.lictorProcess(world.datacenters[0]?.serverHttps ?? '', {
      CONSUL_CACERT: world.tls?.ca ?? '',
    });
    await until(
      'everything to be read',
      async () => (await lictor.readiness()).body.datacenters.some(({ state }) => state === 'synced'),
      { deadlineMs: 150_000, everyMs: 250 },
    );
    const [dc1] = (await lictor.get<FleetBody>('/api/v1/fleet'))?.datacenters ?? [];
    expect(dc1?.services).toHaveLength(SERVICES + 1);
    expect(dc1?.services.filter(({ status }) => status !== 'passing')).toEqual([]);
    const { datacenters, connections } = await lictor.system();
    expect(datacenters[0]).toMatchObject({ mode: 'signals', services: SERVICES + 1 });
    expect(datacenters[0]?.watches).toBeLessThan(2_000);
    expect(connections.protocol).toBe('h2');

    const stream = await stage.follow(lictor, ['fleet']);
    const name = dc1?.services[SERVICES / 2]?.name ?? '';
    const service = () => lictor.get<ServiceBody>(`/api/v1/services/dc1/${name}`);
    const [instance] = (await service())?.instances ?? [];
    const check = instance?.checks.find(({ scope }) => scope === 'service');
    await consul.put('/v1/catalog/register', {
      ...{ Node: instance?.node, Address: '127.0.0.1', SkipNodeUpdate: true },
      Check: { CheckID: check?.id, Name: check?.name, ServiceID: instance?.id, Status: 'critical', Output: 'down' },
    });
    await until('the flip', async () => (await service())?.service.status === 'critical', PATIENCE);
    await removeInstance(consul, instance?.node ?? '', instance?.id ?? '');
    await until('its departure', async () => (await service()) === null, PATIENCE);
    await until(
      'the stream to tell both',
      () => stream.reader.changesOf('fleet').filter(({ change }) => change.key === `dc1/${name}`).length === 2,
      PATIENCE,
    );
    await until(
      'the datacenter to be live',
      async () => (await lictor.get<FleetBody>('/api/v1/fleet'))?.datacenters[0]?.freshness.state === 'live',
      PATIENCE,
    );
    const metrics = await (await fetch(`${lictor.url}/metrics`)).text();
    expect(Number(/^process_resident_memory_bytes (.+)$/m.exec(metrics)?.[1])).toBeLessThan(700_000_000);
  }),
  300_000,
);

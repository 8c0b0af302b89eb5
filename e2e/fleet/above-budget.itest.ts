import { expect, test } from 'vitest';
import { putInstance, putNodeCheck, removeInstance } from '@/e2e/harness/catalog';
import { onStage } from '@/e2e/harness/stage';
import { untilSame } from '@/e2e/harness/until-same';
import { until } from '@/e2e/world/until';
import type { ServiceBody } from '@/lib/fleet/model';

const BUDGET = 30;
const SERVICES = Array.from({ length: 60 }, (_, n) => `cold-${String(n).padStart(2, '0')}`);

test(
  'more services than connections: signals, sweeps and followed services keep the fleet right within the budget',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    for (const service of SERVICES) {
      for (const n of [1, 2]) await putInstance(consul, { node: `edge-${n}`, service, id: `${service}-${n}` });
    }
    const proxy = await stage.proxy(consul.address);
    const lictor = await stage.lictor(proxy.address, { LICTOR_CONSUL_MAX_CONNECTIONS: String(BUDGET) });
    await lictor.synced();
    const stream = await stage.follow(lictor, ['fleet', 'nodes']);
    const plan = async () => (await lictor.system()).datacenters[0];
    const planned = await plan();
    expect(planned).toMatchObject({ mode: 'signals', services: SERVICES.length + 1 });
    expect(planned?.worstDelayMs).toBeGreaterThan(1_000);
    const same = () => untilSame(lictor, consul.address, { stream, topics: ['fleet', 'nodes'] });
    await same();

    // Falls and recoveries of services that nobody looks at come by the signals, long before a sweep.
    for (const service of SERVICES.slice(0, 20)) {
      await putInstance(consul, { node: 'edge-1', service, id: `${service}-1`, status: 'critical', output: 'down' });
    }
    await putNodeCheck(consul, 'edge-2', 'warning', 'hot');
    await same();
    await putNodeCheck(consul, 'edge-2', 'passing');
    for (const service of SERVICES.slice(0, 20)) {
      await putInstance(consul, { node: 'edge-1', service, id: `${service}-1` });
    }
    await same();

    // One that is followed has a waiting query of its own, for as long as it is followed.
    const followed = await stage.follow(lictor, ['service:dc1/cold-50']);
    await until('one watch more', async () => (await plan())?.watches === (planned?.watches ?? 0) + 1);
    await putInstance(consul, { node: 'edge-1', service: 'cold-50', id: 'cold-50-1', output: 'ok in 3 ms' });
    await untilSame(lictor, consul.address, { stream: followed, topics: ['service:dc1/cold-50'] });
    followed.reader.cut();
    await until('it to be given up', async () => (await plan())?.watches === planned?.watches);

    // What no signal names (weights, metadata, an output) comes by the list's wakes and the sweep.
    await putInstance(consul, { node: 'edge-1', service: 'cold-51', id: 'cold-51-1', weight: 42 });
    await putInstance(consul, { node: 'edge-2', service: 'cold-52', id: 'cold-52-2', meta: { version: '9.9' } });
    await putInstance(consul, { node: 'edge-2', service: 'cold-53', id: 'cold-53-2', output: 'other words' });
    await until(
      'all three',
      async () => {
        const get = (name: string) => lictor.get<ServiceBody>(`/api/v1/services/dc1/${name}`);
        const text = JSON.stringify(await Promise.all(['cold-51', 'cold-52', 'cold-53'].map(get)));
        return ['"passing":42', '"9.9"', 'other words'].every((part) => text.includes(part));
      },
      { deadlineMs: 25_000 },
    );
    await removeInstance(consul, 'edge-1', 'cold-54-1');
    await removeInstance(consul, 'edge-1', 'cold-55-1');
    await removeInstance(consul, 'edge-2', 'cold-55-2');
    await putInstance(consul, { node: 'edge-2', service: 'newcomer' });
    await same();
    expect(proxy.mostConnections).toBeLessThanOrEqual(BUDGET);
    expect(proxy.mostConnections).toBeGreaterThan(5);
  }),
);

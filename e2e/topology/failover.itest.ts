import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { dataFolder } from '@/e2e/harness/data-folder';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { onStage } from '@/e2e/harness/stage';
import { Supervisor } from '@/e2e/world/supervised';
import { Prometheus } from '@/e2e/world/traffic/prometheus';
import { until } from '@/e2e/world/until';
import type { FailoverSwitch, TopologyBody } from '@/lib/topology/topology-body';
import { putEntry } from './registered';
import { ScriptedSeries } from './scripted-series';

const LONG_MS = 120_000;
const FOLLOW = { deadlineMs: 30_000, everyMs: 100 };
const KEY = 'dc1/payment';

function switchOf(lictor: LictorUnderTest, isSo: (one: FailoverSwitch) => boolean, at = ''): Promise<FailoverSwitch> {
  return until(
    'the switch',
    async () => {
      const body = await lictor.get<TopologyBody>(`/api/v1/topology${at}`);
      const found = body?.switches.find(({ key }) => key === KEY);
      if (!found || !isSo(found)) throw new Error(JSON.stringify({ found, edges: body?.edges }));
      return found;
    },
    FOLLOW,
  );
}

test(
  'a service that loses its last healthy instance is seen to go over to the other datacenter, how long that took, and back; the record keeps it',
  onStage(async (stage) => {
    const world = await stage.bareWorld(2);
    const [dc1, dc2] = [world.consul('dc1'), world.consul('dc2')];
    const payment = { node: 'edge', service: 'payment' };
    await putInstance(dc1, { node: 'edge', service: 'front' });
    for (const consul of [dc1, dc2]) await putInstance(consul, payment);
    await putEntry(dc1, { Kind: 'service-resolver', Name: 'payment', Failover: { '*': { Datacenters: ['dc2'] } } });

    const series = await ScriptedSeries.open();
    stage.atEnd(() => series.close());
    const called = (dc: string) =>
      `traces_service_graph_request_total{client="front",server="payment",client_datacenter="dc1",server_datacenter="${dc}"}`;
    series.grow(called('dc1'), 10);
    series.grow(called('dc2'), 0);
    const supervisor = new Supervisor();
    stage.atEnd(() => supervisor.end());
    const prometheus = new Prometheus(supervisor, await world.takePort());
    await prometheus.start([{ job: 'graph', port: series.port, labels: {} }]);
    const folder = dataFolder();
    stage.atEnd(() => folder.remove());
    const file = join(folder.path, 'lictor.json');
    writeFileSync(file, JSON.stringify({ topology: { observed: { windowSeconds: 4, everySeconds: 1 } } }));
    const env = { LICTOR_PROMETHEUS_URL: prometheus.address, LICTOR_CONFIG: file, LICTOR_DATA_DIR: folder.path };
    const lictor = await stage.lictor(dc1.address, env);
    await lictor.synced();
    await until(
      'the way over, and the traffic of before',
      async () => {
        const body = await lictor.get<TopologyBody>('/api/v1/topology');
        const ready = body?.edges.find(({ key }) => key === `${KEY}>dc2/payment`)?.kinds.includes('failover');
        const rate = body?.edges.find(({ key }) => key === `dc1/front>${KEY}`)?.ratePerSecond ?? 0;
        if (!ready || rate <= 0) throw new Error(JSON.stringify(body?.edges));
        return true;
      },
      FOLLOW,
    );

    await putInstance(dc1, { ...payment, status: 'critical' });
    const begun = await switchOf(lictor, () => true);
    expect(begun).toMatchObject({ to: 'dc2/payment', endedAt: null });
    series.grow(called('dc1'), 0);
    series.grow(called('dc2'), 10);
    const seen = await switchOf(lictor, ({ seenBy }) => seenBy === 'observed');
    expect(seen.lostAt).toBe(begun.lostAt);
    expect(seen.tookMs).toBeGreaterThan(0);
    await putInstance(dc1, payment);
    const ended = await switchOf(lictor, ({ endedAt }) => endedAt !== null);
    expect(ended).toEqual({ ...seen, endedAt: expect.any(String) });

    const transitions = await until('what the record has of it', async () => {
      const body = await lictor.get<{ items: { to: string }[] }>('/api/v1/transitions?filter=kind:failover');
      return body && body.items.length >= 3 && body.items;
    });
    expect(JSON.parse(transitions[0]?.to ?? '')).toMatchObject({ to: 'dc2/payment', endedAt: ended.endedAt });
    const timeline = await lictor.get<{ marks: { kind: string; key: string }[] }>('/api/v1/timeline?service=payment');
    expect(timeline?.marks.filter(({ kind }) => kind === 'failover').map(({ key }) => key)).toContain(KEY);

    await lictor.close();
    const again = await stage.lictor(dc1.address, env);
    await again.synced();
    expect(await switchOf(again, () => true)).toEqual(ended);
    const then = new Date(Date.parse(ended.endedAt ?? '') - 50).toISOString();
    expect(await switchOf(again, () => true, `?at=${then}`)).toMatchObject({ lostAt: begun.lostAt, endedAt: null });
  }),
  LONG_MS,
);

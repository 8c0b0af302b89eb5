import { expect, test } from 'vitest';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { putProxy, putServices } from './registered';
import { sourcesBench } from './sources-bench';

const names = (count: number) => Array.from({ length: count }, (_, at) => `up-${String(at).padStart(3, '0')}`);

test(
  'five hundred upstreams of one sidecar, on several instances, are five hundred edges; one more is one more',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    await putServices(consul, 'hub');
    const put = (upstreams: string[]) =>
      Promise.all(
        [1, 2, 3].map((at) => putProxy(consul, { service: 'hub-sidecar', id: `hub-${at}`, of: 'hub', upstreams })),
      );
    await put(names(500));
    const bench = await sourcesBench(stage, consul.address);
    await until('its edges', () => bench.edges('hub').length === 500);
    const first = bench.book.edge('dc1/hub>dc1/up-000');
    expect(first?.sources).toMatchObject([{ source: 'sidecar of hub (3 instances)', detail: null }]);

    bench.book.changes();
    await put(names(501));
    await until(
      'the new one, of all instances',
      () => bench.book.edge('dc1/hub>dc1/up-500')?.sources[0]?.detail === null,
    );
    const changed = new Set(bench.book.changes().map(({ key }) => key));
    expect([...changed].filter((key) => key.includes('>'))).toEqual(['dc1/hub>dc1/up-500']);
    expect(bench.book.edge('dc1/hub>dc1/up-000')).toBe(first);
  }),
);

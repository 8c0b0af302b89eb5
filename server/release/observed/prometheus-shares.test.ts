import { expect, test } from 'vitest';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { QueryFailed, type Sample } from '@/server/prometheus/instant-query';
import { PrometheusShares } from './prometheus-shares';
import { readySeries } from './series';

/** A Prometheus that has HAProxy's counts of one service. */
class Scripted {
  readonly asked: string[] = [];
  failing = false;
  counts: Record<string, number> = { 'v1-0-0_1': 90, 'v2-0-0_1': 10 };
  newest: number | null = 1_000;

  readonly query = async (query: string): Promise<readonly Sample[]> => {
    this.asked.push(query);
    if (this.failing) throw new QueryFailed('ECONNREFUSED');
    if (!query.includes('haproxy')) return [];
    const sample = (labels: Record<string, string>, value: number) => ({ labels, atSeconds: 1_000.5, value });
    if (query.startsWith('sum')) return Object.entries(this.counts).map(([server, n]) => sample({ server }, n));
    return this.newest === null || query.includes('max_over_time') ? [] : [sample({}, this.newest)];
  };
}

function stage() {
  const prometheus = new Scripted();
  const clock = new ManualClock();
  const shares = new PrometheusShares({
    ...{ query: prometheus.query, address: 'http://127.0.0.1:9090', series: readySeries },
    ...{ windowSeconds: 10, datacenterLabel: 'datacenter', clock },
  });
  let readings = 0;
  shares.onReading(() => {
    readings += 1;
  });
  const seen = () => shares.of('dc1', 'a/b', ['1.0.0', '2.0.0']);
  return { prometheus, clock, shares, seen, readings: () => readings };
}

test('it reads what is followed, every two seconds, and tells so', async () => {
  const { prometheus, clock, shares, seen, readings } = stage();
  shares.follow(['dc1/a%2Fb']);
  expect(seen()).toEqual({
    state: 'not-observed',
    reason: expect.stringMatching(/^What a\/b really gets has not been read yet/),
  });
  shares.start();
  await clock.advance(0);
  expect(seen()).toMatchObject({ state: 'observed', shares: { '1.0.0': 90, '2.0.0': 10 }, lagMs: 500 });
  prometheus.counts = { 'v1-0-0_1': 50, 'v2-0-0_1': 50 };
  await clock.advance(2_000);
  expect(seen()).toMatchObject({ shares: { '1.0.0': 50, '2.0.0': 50 } });
  expect(readings()).toBe(2);
  shares.stop();
  expect(clock.pending).toBe(0);
});

test('without anything to follow it asks nothing', async () => {
  const { prometheus, clock, shares } = stage();
  shares.start();
  await clock.advance(10_000);
  expect(prometheus.asked).toEqual([]);
  shares.stop();
});

test('a series that has nothing of a service is not asked for it each time', async () => {
  const { prometheus, clock, shares } = stage();
  shares.follow(['dc1/a%2Fb']);
  shares.start();
  await clock.advance(8_000);
  const istio = () => prometheus.asked.filter((query) => query.startsWith('sum') && query.includes('istio')).length;
  expect(istio()).toBe(1);
  await clock.advance(4_000);
  expect(istio()).toBe(2);
  shares.stop();
});

test('one late answer is borne, two are said; and it comes back', async () => {
  const { prometheus, clock, shares, seen } = stage();
  shares.follow(['dc1/a%2Fb']);
  shares.start();
  await clock.advance(0);
  prometheus.failing = true;
  await clock.advance(2_000);
  expect(seen()).toMatchObject({ state: 'observed' });
  await clock.advance(2_000);
  expect(seen()).toEqual({
    state: 'not-observed',
    reason:
      'Prometheus at http://127.0.0.1:9090 cannot be read (ECONNREFUSED): what real traffic does is not seen, and nothing else depends on it.',
  });
  prometheus.failing = false;
  await clock.advance(2_000);
  expect(seen()).toMatchObject({ state: 'observed' });
  shares.stop();
});

test('what is followed no longer is forgotten', async () => {
  const { clock, shares, seen } = stage();
  shares.follow(['dc1/a%2Fb']);
  shares.start();
  await clock.advance(0);
  shares.follow([]);
  expect(seen()).toMatchObject({ state: 'not-observed' });
  shares.stop();
});

import { expect, test } from 'vitest';
import { CountedEdges } from './counted-edges';
import { readyEdgeSeries } from './edge-series';

const places = { datacenters: () => ['dc1'], placesOf: () => ['dc1'] };
const [, , openTelemetry] = readyEdgeSeries({ windowSeconds: 60, datacenterLabel: 'datacenter' });
const sample = (client: string, server: string, value: number, more: Record<string, string> = {}) => ({
  ...{ labels: { client, server, ...more }, atSeconds: 0, value },
});

function counted() {
  if (!openTelemetry) throw new Error('There is no such series.');
  const edges = new CountedEdges(openTelemetry, places, {});
  return {
    edges,
    take: (nowMs: number, rates: [string, string, number][], errors: typeof rates = [], p95Ms: typeof rates = []) => {
      const of = (some: typeof rates) => some.map(([client, server, value]) => sample(client, server, value));
      edges.take({ rates: of(rates), errors: of(errors), p95Ms: of(p95Ms) }, nowMs);
      return edges.evidence().map(({ from, to, traffic }) => ({ edge: `${from} ${to}`, ...traffic }));
    },
  };
}

test('rates and errors of one edge are added up, of latencies the worst is told; what fails never is none', () => {
  const { take } = counted();
  const [both, calm] = take(
    1_000,
    [
      ...([['a', 'b', 6] as const, ['a', 'b', 4] as const].map((one) => [...one]) as [string, string, number][]),
      ['a', 'c', 2],
    ],
    [['a', 'b', 1]],
    [
      ['a', 'b', 20],
      ['a', 'b', 50],
      ['a', 'c', Number.NaN],
    ],
  );
  expect(both).toEqual({
    edge: 'dc1/a dc1/b',
    ratePerSecond: 10,
    errorRatio: 0.1,
    p95Ms: 50,
    atMs: 1_000,
    lastMs: 1_000,
  });
  expect(calm).toMatchObject({ ratePerSecond: 2, errorRatio: 0, p95Ms: null });
});

test('what is nearly the same is told as it was, so that it is not sent to everybody, and its moment every now and then', () => {
  const { take } = counted();
  take(0, [['a', 'b', 100]]);
  expect(take(5_000, [['a', 'b', 104]])).toMatchObject([{ ratePerSecond: 100, atMs: 0, lastMs: 0 }]);
  expect(take(30_000, [['a', 'b', 96]])).toMatchObject([{ ratePerSecond: 100, atMs: 30_000, lastMs: 30_000 }]);
  expect(take(35_000, [['a', 'b', 106]])).toMatchObject([{ ratePerSecond: 106, atMs: 35_000 }]);
  expect(take(40_000, [['a', 'b', 0]])).toMatchObject([
    { ratePerSecond: 0, errorRatio: null, atMs: 40_000, lastMs: 35_000 },
  ]);
});

test('an edge whose series is gone is told for a day as one that had traffic; one that never had any goes at once', () => {
  const { take, edges } = counted();
  take(0, [
    ['a', 'b', 1],
    ['a', 'c', 0],
  ]);
  expect(take(5_000, [])).toMatchObject([{ edge: 'dc1/a dc1/b', ratePerSecond: 0, lastMs: 0 }]);
  expect(take(23 * 3_600_000, [])).toHaveLength(1);
  expect(take(24 * 3_600_000, [])).toEqual([]);
  expect(edges.size).toBe(0);
});

test('what is no figure, and what names no service, is passed over', () => {
  const { take, edges } = counted();
  expect(
    take(0, [
      ['a', 'b', Number.NaN],
      ['unknown', 'b', 3],
      ['', 'b', 3],
      ['a', 'b', -1],
    ]),
  ).toEqual([]);
  expect(edges.ambiguous).toBe(0);
});

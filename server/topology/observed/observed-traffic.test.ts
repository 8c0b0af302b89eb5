import { expect, test } from 'vitest';
import type { SourceTold } from '@/lib/topology/edge-evidence';
import { topologyObservedSchema } from '@/server/config/topology-observed-settings';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { QueryFailed, type Sample } from '@/server/prometheus/instant-query';
import { ObservedTraffic } from './observed-traffic';

function trafficOf(queries: object[] = [], listed: string[] = ['dc1']) {
  const clock = new ManualClock();
  const told: SourceTold[] = [];
  const old: string[] = [];
  const asked: string[] = [];
  let answer: (query: string) => readonly Sample[] = () => [];
  const traffic = new ObservedTraffic({
    settings: topologyObservedSchema.parse({ queries }),
    query: async (query) => {
      asked.push(query);
      return answer(query);
    },
    ...{ address: 'http://prom', clock, onChange: () => {} },
    places: { datacenters: () => ['dc1'], placesOf: () => listed },
    told: {
      tell: (source) => {
        told.push(source);
      },
      setOld: (id, isOld) => old.push(`${id} ${isOld}`),
    },
  });
  return {
    ...{ clock, told, old, asked, traffic },
    answers: (next: typeof answer) => {
      answer = next;
    },
  };
}

const oneEdge = (query: string): Sample[] =>
  query.includes('traces_service_graph_request_total')
    ? [{ labels: { client: 'front', server: 'cart' }, atSeconds: 0, value: 5 }]
    : [];
const fails = (): never => {
  throw new QueryFailed('no answer within 5000 ms');
};

test('what has no series is asked for seldom, and that there is nothing is said', async () => {
  const { traffic, clock, asked } = trafficOf();
  expect(traffic.states()).toMatchObject([{ name: 'Prometheus', state: 'starting' }]);
  traffic.start();
  await clock.advance(31_000);
  expect(asked).toHaveLength(4);
  expect(traffic.states()).toMatchObject([
    { name: 'Prometheus', state: 'absent', reason: expect.stringMatching(/no traffic/) },
  ]);
  await clock.advance(30_000);
  expect(asked).toHaveLength(8);
  traffic.stop();
  expect(clock.pending).toBe(0);
});

test('a Prometheus that is away leaves what it said, marked old, and comes back by itself', async () => {
  const { traffic, clock, told, old, answers } = trafficOf();
  answers(oneEdge);
  traffic.start();
  await clock.advance(1_000);
  const last = told.findLast(({ edges }) => edges.length > 0);
  expect(last).toMatchObject({
    id: 'observed 2 OpenTelemetry',
    isOld: false,
    edges: [{ kind: 'observed', from: 'dc1/front' }],
  });
  expect(traffic.states()).toMatchObject([{ name: 'Prometheus: OpenTelemetry', state: 'live', reason: null }]);
  answers(fails);
  await clock.advance(5_000);
  expect([old, traffic.states()[0]?.state]).toEqual([[], 'live']);
  await clock.advance(5_000);
  expect(old).toContain('observed 2 OpenTelemetry true');
  expect(traffic.states()).toMatchObject([
    { state: 'old', reason: expect.stringContaining('no answer within 5000 ms') },
  ]);
  answers(oneEdge);
  await clock.advance(5_000);
  expect(told.at(-1)).toMatchObject({ isOld: false, edges: [{ to: 'dc1/cart' }] });
  expect(traffic.states()).toMatchObject([{ state: 'live' }]);
});

test('a query of the configuration comes first, and that it has nothing is said of it by its name', async () => {
  const own = {
    name: 'Ours',
    rate: 'sum by (src,dst) (rate(calls[{windowSeconds}s]))',
    fromLabel: 'src',
    toLabel: 'dst',
  };
  const { traffic, clock, told, asked, answers } = trafficOf([own]);
  traffic.start();
  await clock.advance(1_000);
  expect(asked).toContain('sum by (src,dst) (rate(calls[60s]))');
  expect(traffic.states()).toMatchObject([{ name: 'Prometheus: Ours', state: 'absent' }]);
  answers((query) => (query.includes('calls') ? [{ labels: { src: 'a', dst: 'b' }, atSeconds: 0, value: 1 }] : []));
  await clock.advance(60_000);
  expect(told.find(({ edges }) => edges.length > 0)).toMatchObject({
    rank: 0,
    edges: [{ from: 'dc1/a', to: 'dc1/b' }],
  });
});

test('series of which it is not known where they are counted are said to be there', async () => {
  const { traffic, clock, answers, told } = trafficOf([{ name: 'Ours', rate: 'calls' }], []);
  answers((query) => (query === 'calls' ? [{ labels: { client: 'x', server: 'y' }, atSeconds: 0, value: 1 }] : []));
  traffic.start();
  await clock.advance(1_000);
  expect(told.flatMap(({ edges }) => edges)).toEqual([]);
  expect(traffic.states()).toMatchObject([{ state: 'live', reason: expect.stringMatching(/^Of 1 of its series/) }]);
});

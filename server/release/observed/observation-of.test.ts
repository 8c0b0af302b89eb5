import fc from 'fast-check';
import { expect, test } from 'vitest';
import { observationOf } from './observation-of';
import { readySeries, type Series } from './series';
import type { SeriesReading } from './series-reading';

const NEWEST = Date.parse('2026-11-27T04:00:00.000Z');
const [haproxy, envoy, istio] = readySeries as [Series, Series, Series];

function reading(series: Series, requests: Record<string, number>, lagMs: number | null = 400): SeriesReading {
  return { series, requests: new Map(Object.entries(requests)), newestMs: lagMs === null ? null : NEWEST, lagMs };
}

const question = { dc: 'dc1', service: 'payment', versions: ['3.1.4', '3.2.0'], mechanism: null, windowSeconds: 10 };

test('requests become shares of all versions that are known, those without a request too', () => {
  const readings = [reading(haproxy, { 'v3-2-0': 100, 'v9-9-9': 0 })];
  expect(observationOf({ ...question, readings })).toEqual({
    state: 'observed',
    source: 'HAProxy',
    obeys: 'weights',
    shares: { '3.1.4': 0, '3.2.0': 100 },
    requests: { '3.1.4': 0, '3.2.0': 100 },
    ratePerSecond: { '3.1.4': 0, '3.2.0': 10 },
    windowMs: 10_000,
    at: '2026-11-27T04:00:00.000Z',
    lagMs: 400,
  });
});

test('requests to a version that Consul does not know any more are not hidden', () => {
  const readings = [reading(haproxy, { 'v3-2-0': 75, 'v3-1-3': 25 })];
  expect(observationOf({ ...question, readings })).toMatchObject({
    shares: { '3.1.4': 0, '3.2.0': 75, 'v3-1-3': 25 },
  });
});

test.each<[string, SeriesReading[], RegExp]>([
  [
    'no series',
    [reading(haproxy, {}, null), reading(envoy, {}, null)],
    /no requests to payment in dc1 \(HAProxy, Envoy\)/,
  ],
  ['no request', [reading(haproxy, { 'v3-2-0': 0 })], /HAProxy counted no request to payment in the last 10 s/],
  [
    'readings that are too far apart for the window',
    [reading(haproxy, {}, 14_600)],
    /less than two samples of HAProxy in 10 s \(the newest is 15 s old\).*a longer release\.observed\.windowSeconds/,
  ],
  ['samples from before', [reading(haproxy, { 'v3-2-0': 9 }, 73_000)], /newest sample of HAProxy is 73 s old/],
  [
    'names that are no version',
    [reading(haproxy, { web1: 9, web2: 8, web3: 7, '<b>': 1 })],
    /no known version \("web1", "web2", "web3" and 1 more\): its servers have to be named <version>_<number>/,
  ],
])('%s: it is not observed, and why', (_, readings, reason) => {
  expect(observationOf({ ...question, readings })).toEqual({
    state: 'not-observed',
    reason: expect.stringMatching(reason),
  });
});

test('what obeys the mechanism is asked first, and anything else before nothing', () => {
  const readings = [reading(haproxy, { 'v3-2-0': 9 }), reading(envoy, { 'v3-1-4': 9 }), reading(istio, {}, null)];
  const source = (mechanism: 'mesh' | 'weights' | 'policy') => observationOf({ ...question, mechanism, readings });
  expect(source('weights')).toMatchObject({ source: 'HAProxy' });
  expect(source('mesh')).toMatchObject({ source: 'Envoy' });
  expect(source('policy')).toMatchObject({ source: 'HAProxy' });
  expect(observationOf({ ...question, mechanism: 'mesh', readings: readings.slice(0, 1) })).toMatchObject({
    source: 'HAProxy',
    obeys: 'weights',
  });
});

test('shares sum to 100 in steps of a hundredth, whatever was counted', () => {
  const counts = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(counts, (each) => {
      const versions = each.map((_, at) => `1.${at}.0`);
      const readings = [reading(istio, Object.fromEntries(each.map((count, at) => [`1.${at}.0`, count])))];
      const observation = observationOf({ ...question, versions, readings });
      if (observation.state === 'not-observed') return each.every((count) => count < 0.001);
      const points = Object.values(observation.shares).map((share) => share * 100);
      expect(points.every((share) => Math.abs(share - Math.round(share)) < 1e-9)).toBe(true);
      return points.reduce((sum, share) => sum + Math.round(share), 0) === 10_000;
    }),
  );
});

import { expect, it } from 'vitest';
import type { WishRecord } from './wish-record';
import { wishSentence } from './wish-sentence';

const wish: WishRecord = {
  ...{
    format: 1,
    mechanism: 'mesh',
    shares: null,
    declares: { a: 90, b: 10 },
    weights: null,
    exceptions: {},
    stages: {},
  },
  ...{ routes: [], failover: [], how: 'moved', by: 'anna', process: '', at: '2026-01-01T00:00:00.000Z' },
  before: { shares: null, routes: [], failover: [], stages: {} },
};
const route = { header: 'gray-tag', value: 'v2', version: 'b' };

it.each([
  [{}, 'anna moved traffic by mesh: a 90 %, b 10 %.'],
  [{ how: 'undone', declares: null }, 'anna undid the last move by mesh: no shares.'],
  [{ how: 'put-back', routes: [route] }, 'anna put back what was written by mesh: a 90 %, b 10 %; 1 header route.'],
  [
    { how: 'adopted', routes: [route, route], failover: ['dc2', 'dc3'] },
    'anna adopted what stands by mesh: a 90 %, b 10 %; 2 header routes; failover to dc2, dc3.',
  ],
] as [Partial<WishRecord>, string][])('%o', (over, sentence) => {
  expect(wishSentence({ ...wish, ...over })).toBe(sentence);
});

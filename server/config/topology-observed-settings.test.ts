import { expect, test } from 'vitest';
import { topologyObservedSchema } from './topology-observed-settings';

test('nothing need be set', () => {
  expect(topologyObservedSchema.parse(undefined)).toEqual({
    ...{ windowSeconds: 60, everySeconds: 5, datacenterLabel: 'datacenter', datacenters: {}, queries: [] },
  });
});

test.each([
  { windowSeconds: 1 },
  { datacenterLabel: 'a-b' },
  { queries: [{ name: 'Ours' }] },
  { queries: [{ name: 'Ours', rate: 'calls', fromLabel: 'a} or {b' }] },
  { queries: [{ name: 'Ours', rate: 'calls', latency: 'x' }] },
  { queries: Array.from({ length: 21 }, () => ({ name: 'Ours', rate: 'calls' })) },
])('%j is refused', (settings) => {
  expect(topologyObservedSchema.safeParse(settings).success).toBe(false);
});

import { expect, test } from 'vitest';
import { topologySchema } from './topology-settings';

test('nothing need be set', () => {
  expect(topologySchema.parse(undefined)).toMatchObject({
    ...{ upstreamsMetaKey: 'upstreams', kindMetaKey: 'kind', documentKey: 'lictor/topology' },
  });
});

test.each([
  { documentKey: 'a/../b' },
  { documentKey: '/a' },
  { documentKey: 'a/' },
  { documentKey: '' },
  { upstreamsMetaKey: '' },
  { upstreamMetaKey: 'upstreams' },
])('what would be taken for another thing is refused: %j', (given) => {
  expect(topologySchema.safeParse(given).success).toBe(false);
});

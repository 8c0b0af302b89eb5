import { expect, test } from 'vitest';
import { endpointName } from './endpoint-name';

test.each([
  ['/v1/health/service/web', '/v1/health/service/:name'],
  ['/v1/health/service/a%2Fb', '/v1/health/service/:name'],
  ['/v1/kv/lictor/a/b', '/v1/kv/:name'],
  ['/v1/catalog/node/n1', '/v1/catalog/node/:name'],
  ['/v1/health/state/critical', '/v1/health/state/critical'],
  ['/v1/catalog/services', '/v1/catalog/services'],
])('%s is counted under %s', (path, name) => {
  expect(endpointName(path)).toBe(name);
});

import { expect, test } from 'vitest';
import { endpointName } from './endpoint-name';

test.each([
  ['/v1/health/service/web', '/v1/health/service/:name'],
  ['/v1/health/service/a%2Fb', '/v1/health/service/:name'],
  ['/v1/kv/lictor/a/b', '/v1/kv/:name'],
  ['/v1/catalog/node/n1', '/v1/catalog/node/:name'],
  ['/v1/catalog/connect/web', '/v1/catalog/connect/:name'],
  ['/v1/discovery-chain/web', '/v1/discovery-chain/:name'],
  ['/v1/config/', '/v1/config/'],
  ['/v1/config/service-splitter', '/v1/config/service-splitter'],
  ['/v1/config/service-splitter/web', '/v1/config/service-splitter/:name'],
  ['/v1/agent/service/web-1', '/v1/agent/service/:name'],
  ['/v1/agent/service/maintenance/web-1', '/v1/agent/service/maintenance/:name'],
  ['/v1/agent/service/register', '/v1/agent/service/register'],
  ['/v1/health/state/critical', '/v1/health/state/critical'],
  ['/v1/catalog/services', '/v1/catalog/services'],
])('%s is counted under %s', (path, name) => {
  expect(endpointName(path)).toBe(name);
});

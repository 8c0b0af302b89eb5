import { expect, test } from 'vitest';
import { healthServicePath } from './service-path';

test.each([
  ['web', 'web'],
  ['a/b', 'a%2Fb'],
  ['a b?#%', 'a%20b%3F%23%25'],
  ['服务', '%E6%9C%8D%E5%8A%A1'],
  ['a/', 'a%2F'],
  ['...', '...'],
])('%s has a path of its own', (name, segment) => {
  expect(healthServicePath(name)).toBe(`/v1/health/service/${segment}`);
});

test.each(['.', '..', 'a//b', '/a', 'a/../b', 'a/.', './a'])("%s would be cleaned into another's path", (name) => {
  expect(healthServicePath(name)).toBeNull();
});

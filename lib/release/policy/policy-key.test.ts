import { expect, test } from 'vitest';
import { policyKey } from './policy-key';

test.each([
  ['web', 'lictor/traffic/web'],
  ['team/web', 'lictor/traffic/team%2Fweb'],
  ['..', 'lictor/traffic/%2E%2E'],
  ['.', 'lictor/traffic/%2E'],
  ['a/../b', 'lictor/traffic/a%2F..%2Fb'],
  ['web v2?', 'lictor/traffic/web%20v2%3F'],
  ['\ud800', 'lictor/traffic/%EF%BF%BD'],
])('the policy of %j is under %s', (service, key) => {
  expect(policyKey('lictor/traffic/', service)).toBe(key);
});

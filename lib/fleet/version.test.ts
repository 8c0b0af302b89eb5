import { expect, test } from 'vitest';
import { versionOf } from './version';

const KEYS = ['version'];

test('metadata comes before tags', () => {
  expect(versionOf({ version: '1.4.2' }, ['v2'], KEYS)).toBe('1.4.2');
});

test('the first tag that looks like a version counts when metadata has none', () => {
  expect(versionOf({}, ['primary', '8080', 'v2.1.0-rc.1', '3.0.0'], KEYS)).toBe('v2.1.0-rc.1');
  expect(versionOf({ version: '' }, ['1.2'], KEYS)).toBe('1.2');
});

test.each(['8080', 'v', 'vx', '10.0.0.1', 'version-1', '1.2.', 'v1 2'])('%s is no version', (tag) => {
  expect(versionOf({}, [tag], KEYS)).toBe('unversioned');
});

test('a metadata key that names a member of every object is not taken for metadata', () => {
  expect(versionOf({}, [], ['constructor'])).toBe('unversioned');
});

import { expect, test } from 'vitest';
import { versionOfLabel } from './version-of-label';

test('a label of DNS, a tag and the very version all name it', () => {
  for (const label of ['3.1.4', 'v3.1.4', 'v3-1-4', '3-1-4', 'V3_1_4']) {
    expect(versionOfLabel(label, ['3.1.4', '3.1.40'])).toBe('3.1.4');
  }
});

test('what could be two versions is none, unless it is the text of one', () => {
  expect(versionOfLabel('v1-2', ['1.2', '1-2'])).toBeNull();
  expect(versionOfLabel('1-2', ['1.2', '1-2'])).toBe('1-2');
});

test('other names, and an empty one, are no version', () => {
  expect(versionOfLabel('web1', ['1.0.0'])).toBeNull();
  expect(versionOfLabel('', ['1.0.0'])).toBeNull();
  expect(versionOfLabel('constructor', ['1.0.0'])).toBeNull();
});

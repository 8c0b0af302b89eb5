import { describe, expect, test } from 'vitest';
import { isInstalled } from './npm-packages.mjs';

describe('npm packages are installed', () => {
  const locked = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other-platform': { version: '2.0.0', optional: true },
  };

  test('when each stands in its locked version, even without the optional ones of other platforms', () => {
    expect(isInstalled(locked, { 'node_modules/a': { version: '1.0.0' } })).toBe(true);
  });

  test('not when one is missing, or another version, optional or not', () => {
    expect(isInstalled(locked, {})).toBe(false);
    expect(isInstalled(locked, { 'node_modules/a': { version: '1.0.1' } })).toBe(false);
    const old = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/other-platform': { version: '1.9.0' } };
    expect(isInstalled(locked, old)).toBe(false);
  });
});

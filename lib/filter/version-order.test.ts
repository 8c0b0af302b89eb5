import { describe, expect, it } from 'vitest';
import { compareVersions, isOfVersion, parseVersion, type Version } from './version-order';

const version = (text: string): Version => {
  const parsed = parseVersion(text);
  if (!parsed) throw new Error(`${text} is no version.`);
  return parsed;
};
const compare = (a: string, b: string) => Math.sign(compareVersions(version(a), version(b)));

describe('versions', () => {
  it('are in the order that semver 2.0.0 gives them', () => {
    // The examples of its section 11, and numbers that a double does not hold.
    const ascending = [
      ...['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11'],
      ...['1.0.0-rc.1', '1.0.0', '1.2.0', '1.10.0', '2.0.0', '2.1.0', '2.1.1'],
      ...['20260101000000000001.0.0', '20260101000000000002.0.0'],
    ];
    for (const [i, a] of ascending.entries()) {
      for (const [j, b] of ascending.entries()) expect([a, b, compare(a, b)]).toEqual([a, b, Math.sign(i - j)]);
    }
  });

  it('may begin with v, have fewer parts, and build metadata that does not count', () => {
    for (const [a, b] of [
      ['v1.5', '1.5.0'],
      ['2', 'V2.0'],
      ['1.0.0+build.5', '1.0.0'],
      ['01.2', '1.2'],
    ] as const)
      expect(compare(a, b)).toBe(0);
  });

  it('are not everything that has digits', () => {
    for (const text of ['', 'unversioned', '1.', '1.2.3.4', '1..2', 'v', '1.0-', '1.0-a..b', '1.0 ', 'release-7'])
      expect(parseVersion(text)).toBeNull();
  });

  it('are of a shorter one that has the same parts', () => {
    const isOf = (a: string, b: string) => isOfVersion(version(a), version(b));
    expect([isOf('1.4.2', '1.4'), isOf('1.40.0', '1.4'), isOf('1.4.0-rc.1', '1.4'), isOf('1', '1.0')]).toEqual([
      ...[true, false, true, true],
    ]);
    expect([isOf('1.4.0-rc.1', '1.4.0-rc.1'), isOf('1.4.0', '1.4.0-rc.1')]).toEqual([true, false]);
  });
});

/** A version by https://semver.org, with what people leave out: a `v` before it, missing parts are 0. Build metadata does not count. */
export interface Version {
  /** Digits of the parts that were given, one to three: numbers may be longer than a double holds exactly. */
  readonly parts: readonly string[];
  readonly preRelease: readonly string[];
}

const VERSION = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9a-z-]+(?:\.[0-9a-z-]+)*))?(?:\+[0-9a-z.-]+)?$/i;

/** Null where it is no version. */
export function parseVersion(text: string): Version | null {
  const [whole, major = '', minor, patch, preRelease] = VERSION.exec(text) ?? [];
  if (whole === undefined) return null;
  const parts = [major, ...(minor === undefined ? [] : [minor]), ...(patch === undefined ? [] : [patch])];
  return { parts, preRelease: preRelease?.split('.') ?? [] };
}

/** Negative: `a` comes before `b`; 0: neither does. Section 11 of semver 2.0.0. */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < 3; index += 1) {
    const difference = compareDigits(a.parts[index] ?? '0', b.parts[index] ?? '0');
    if (difference !== 0) return difference;
  }
  return comparePreReleases(a.preRelease, b.preRelease);
}

/** Whether `version` is `prefix` in all parts that `prefix` gives: 1.4.2 is of 1.4, and 1.40 is not. */
export function isOfVersion(version: Version, prefix: Version): boolean {
  if (prefix.preRelease.length > 0) return compareVersions(version, prefix) === 0;
  return prefix.parts.every((digits, index) => compareDigits(version.parts[index] ?? '0', digits) === 0);
}

function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = compareIdentifiers(a[index] ?? '', b[index] ?? '');
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Numbers by value and before words, words by their code units. */
function compareIdentifiers(a: string, b: string): number {
  const [aNumber, bNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aNumber && bNumber) return compareDigits(a, b);
  if (aNumber !== bNumber) return aNumber ? -1 : 1;
  return compareTexts(a, b);
}

function compareDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length - right.length || compareTexts(left, right);
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

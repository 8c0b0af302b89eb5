import { compareVersions, parseVersion } from '@/lib/filter/version-order';
import { compareNames } from '@/lib/fleet/rank';

/** Versions as they stand on the bar: the newest first, so that what is new grows from the left; what is no version last, by name. */
export function newestFirst(versions: Iterable<string>): string[] {
  const parsed = [...new Set(versions)].map((text) => ({ text, version: parseVersion(text) }));
  parsed.sort((a, b) => {
    if (a.version && b.version) return compareVersions(b.version, a.version) || compareNames(a.text, b.text);
    if (a.version || b.version) return a.version ? -1 : 1;
    return compareNames(a.text, b.text);
  });
  return parsed.map(({ text }) => text);
}

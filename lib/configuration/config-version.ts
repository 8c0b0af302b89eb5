import { looksLikeVersion } from '@/lib/fleet/version';

/**
 * The version that a key of Consul's store says it holds: a field `version` at the top of its JSON, else the last segment of its name, `config/web/v12`. Only
 * what looks like a version counts, for nothing else of a value may be shown. Null: it says none.
 */
export function configVersion(key: string, value: string): string | null {
  const named = key.split('/').at(-1) ?? '';
  return versionField(value) ?? (looksLikeVersion(named) ? named : null);
}

const MOST_LENGTH = 64;

function versionField(value: string): string | null {
  if (!value.trimStart().startsWith('{')) return null;
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch {
    return null;
  }
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'version')) return null;
  const version: unknown = Reflect.get(json, 'version');
  if (typeof version === 'number' && Number.isFinite(version)) return String(version);
  const fits = typeof version === 'string' && version.length <= MOST_LENGTH;
  return fits && (looksLikeVersion(version) || /^\d{1,9}$/.test(version)) ? version : null;
}

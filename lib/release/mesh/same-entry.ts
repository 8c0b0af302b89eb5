import { canonicalJson } from '@/lib/configuration/canonical-json';
import type { JsonObject } from '@/lib/release/json';

/** Consul sets them itself. The hash came with later versions, whose reading of an entry without one is the same. */
const CONSULS_OWN = ['CreateIndex', 'ModifyIndex', 'Hash'];

/** An entry as it is compared, kept and written. */
export function imageOf(entry: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(entry).filter(([field]) => !CONSULS_OWN.includes(field)));
}

/**
 * Whether two entries say the same. Consul adds empty objects (`MeshGateway`, `Expose`), writes an empty list as null and leaves an empty text out; nothing of
 * that makes a difference. A number or a boolean does, also 0: some of Consul's fields tell it from nothing.
 */
export function isSameEntry(left: JsonObject, right: JsonObject): boolean {
  return canonicalJson(withoutEmpty(left)) === canonicalJson(withoutEmpty(right));
}

/** Lists keep the places of what is in them. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutEmpty(item) ?? null);
  if (value === null || value === '') return undefined;
  if (typeof value !== 'object') return value;
  const filled = Object.entries(value)
    .map(([field, inner]) => [field, withoutEmpty(inner)] as const)
    .filter(([, inner]) => inner !== undefined && !(Array.isArray(inner) && inner.length === 0));
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

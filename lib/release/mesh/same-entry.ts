import { canonicalJson } from '@/lib/configuration/canonical-json';
import type { JsonObject } from '@/lib/release/json';
import { isOwnTenancy } from './own-tenancy';

/** Consul sets them itself. The hash came with later versions, whose reading of an entry without one is the same. */
const CONSULS_OWN = ['CreateIndex', 'ModifyIndex', 'Hash'];

/** An entry as it is compared, kept and written. */
export function imageOf(entry: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(entry).filter(([field]) => !CONSULS_OWN.includes(field)));
}

/** Whether two entries say the same. */
export function isSameEntry(left: JsonObject, right: JsonObject): boolean {
  return canonicalJson(comparedEntry(left)) === canonicalJson(comparedEntry(right));
}

/**
 * An entry without what makes no difference. Consul adds empty objects (`MeshGateway`, `Expose`), writes an empty list as null and leaves an empty text out. Where it
 * compiles a router it writes the namespace of the entry into its destinations, also into those that it gives out afterwards (seen with 1.8.7). A number or a
 * boolean does make a difference, also 0: some of Consul's fields tell it from nothing.
 */
export function comparedEntry(entry: JsonObject): unknown {
  return withoutEmpty(entry, entry) ?? {};
}

/** Lists keep the places of what is in them. */
function withoutEmpty(value: unknown, entry: JsonObject): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutEmpty(item, entry) ?? null);
  if (value === null || value === '') return undefined;
  if (typeof value !== 'object') return value;
  const filled = Object.entries(value)
    .filter(([field, inner]) => !isOwnTenancy(field, inner, value === entry ? {} : entry))
    .map(([field, inner]) => [field, withoutEmpty(inner, entry)] as const)
    .filter(([, inner]) => inner !== undefined && !(Array.isArray(inner) && inner.length === 0));
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

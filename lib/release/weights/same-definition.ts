import { canonicalJson } from '@/lib/configuration/canonical-json';
import type { JsonObject } from '@/lib/release/json';

/** What Consul adds to a definition and changes by itself. */
const ADDED = ['CreateIndex', 'ModifyIndex', 'ContentHash', 'Datacenter'];

/** A definition, or a check, without what Consul adds to it. */
export function withoutIndexes(image: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(image).filter(([name]) => !ADDED.includes(name)));
}

/** Whether two are the same to Consul, which gives a field without content now as null, now as an empty list, and now not at all. */
export const sameDefinition = (left: JsonObject, right: JsonObject): boolean => contents(left) === contents(right);

const contents = (image: JsonObject): string =>
  canonicalJson(Object.fromEntries(Object.entries(withoutIndexes(image)).filter((entry) => hasContent(...entry))));

/** Whether a field of a definition says anything. Metadata does by its keys alone. */
export function hasContent(name: string, field: unknown): boolean {
  if (name === 'Meta') return typeof field === 'object' && field !== null && Object.keys(field).length > 0;
  if (Array.isArray(field)) return field.length > 0;
  if (typeof field === 'object' && field !== null) return Object.entries(field).some((entry) => hasContent(...entry));
  return field !== null && field !== '' && field !== false && field !== 0;
}

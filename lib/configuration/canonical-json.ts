/** The same text for the same JSON, in whatever order its keys came. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** Without a prototype: a key may be named like a member of every object. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value).sort()) result[key] = sorted(Reflect.get(value, key));
  return result;
}

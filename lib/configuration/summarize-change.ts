const MOST_FIELDS = 8;
const MOST_VALUE = 40;

/** The top-level fields that differ between two contents, each with its values: `Action: allow → deny`. Empty where neither is an object. */
export function summarizeChange(from: string, to: string): string {
  const [before, after] = [fieldsOf(from), fieldsOf(to)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const differing = names.filter((name) => before.get(name) !== after.get(name));
  const parts = differing
    .slice(0, MOST_FIELDS)
    .map((name) => `${name}: ${shown(before, name)} → ${shown(after, name)}`);
  return [...parts, ...(differing.length > MOST_FIELDS ? ['…'] : [])].join(', ');
}

/** Each field as JSON. */
function fieldsOf(content: string): ReadonlyMap<string, string> {
  const json: unknown = JSON.parse(content);
  if (typeof json !== 'object' || json === null) return new Map();
  return new Map(Object.entries(json).map(([name, value]) => [name, JSON.stringify(value)]));
}

function shown(fields: ReadonlyMap<string, string>, name: string): string {
  const text = fields.get(name);
  if (text === undefined) return '–';
  const bare = text.startsWith('"') ? String(JSON.parse(text)) : text;
  return bare.length > MOST_VALUE ? `${bare.slice(0, MOST_VALUE - 1)}…` : bare;
}

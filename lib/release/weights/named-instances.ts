/** How many are named; the others are counted. */
const NAMED = 3;

/** `"web-1" on "node-1", "web-2" on "node-2" and 4 more`: names hold any text. */
export function namedInstances(instances: readonly { readonly id: string; readonly node: string }[]): string {
  return named(instances.map(({ id, node }) => `${JSON.stringify(id)} on ${JSON.stringify(node)}`));
}

export const namedNodes = (nodes: Iterable<string>): string =>
  named([...new Set(nodes)].map((node) => JSON.stringify(node)));

function named(names: readonly string[]): string {
  const first = names.slice(0, NAMED);
  const more = names.length - first.length;
  if (more > 0) return `${first.join(', ')} and ${more} more`;
  const last = first.pop() ?? '';
  return first.length === 0 ? last : `${first.join(', ')} and ${last}`;
}

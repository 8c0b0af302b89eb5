/** The key of an edge out of those of its ends. No key of a service holds a `>`: `encodeURIComponent` writes it as `%3E`. */
export const edgeKey = (from: string, to: string): string => `${from}>${to}`;

export function edgeEnds(edge: string): readonly [from: string, to: string] {
  const at = edge.indexOf('>');
  return [edge.slice(0, at), edge.slice(at + 1)];
}

/** The key that the name of one service would have in the datacenter of another. */
export const inDatacenterOf = (other: string, key: string): string =>
  `${other.slice(0, other.indexOf('/'))}${key.slice(key.indexOf('/'))}`;

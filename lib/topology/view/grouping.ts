import type { TopologyNode } from '@/lib/topology/topology-body';

/** What services are drawn as one by. `service`: each is drawn by itself. */
export type Grouping =
  | { readonly by: 'service' }
  | { readonly by: 'datacenter' }
  | { readonly by: 'tag' }
  | { readonly by: 'meta'; readonly key: string };

/** More services than this are drawn in groups unless the reader says otherwise. */
const GROUPED_ABOVE = 2_000;

/** A key of metadata says something about a fleet where it divides it into so many parts. */
const FEWEST_PARTS = 2;
const MOST_PARTS = 80;
/** … and is set at this part of its services. */
const LEAST_SET = 0.5;
/** … and none of its values at more than this part of those: a group that holds nearly all of them shows nothing. */
const MOST_IN_ONE = 0.8;

const META = 'meta.';

export function parseGrouping(text: string | null): Grouping | null {
  if (text === 'service' || text === 'datacenter' || text === 'tag') return { by: text };
  if (text?.startsWith(META) && text.length > META.length) return { by: 'meta', key: text.slice(META.length) };
  return null;
}

export const writtenGrouping = (grouping: Grouping): string =>
  grouping.by === 'meta' ? `${META}${grouping.key}` : grouping.by;

/** As suits how many there are: each by itself, or by the key of metadata that most of them have. */
export function suitableGrouping(nodes: readonly TopologyNode[]): Grouping {
  if (nodes.length <= GROUPED_ABOVE) return { by: 'service' };
  const [key] = groupingKeys(nodes);
  return key === undefined ? { by: 'datacenter' } : { by: 'meta', key };
}

/** Keys of metadata that divide the services into groups worth drawing, those that most of them have first. */
export function groupingKeys(nodes: readonly TopologyNode[]): string[] {
  const values = new Map<string, { set: number; values: Map<string, number> }>();
  for (const { meta } of nodes) {
    for (const [key, value] of Object.entries(meta)) {
      const seen = values.get(key) ?? { set: 0, values: new Map<string, number>() };
      seen.set += 1;
      if (seen.values.size <= MOST_PARTS) seen.values.set(value, (seen.values.get(value) ?? 0) + 1);
      values.set(key, seen);
    }
  }
  return [...values]
    .filter(([, seen]) => seen.values.size >= FEWEST_PARTS && seen.values.size <= MOST_PARTS)
    .filter(([, seen]) => seen.set >= LEAST_SET * nodes.length)
    .filter(([, seen]) => Math.max(...seen.values.values()) <= MOST_IN_ONE * seen.set)
    .sort(([a, seenA], [b, seenB]) => seenB.set - seenA.set || (a < b ? -1 : 1))
    .map(([key]) => key);
}

/** The group that a node is in; null: it is in none, and drawn by itself. */
export type GroupOf = (node: TopologyNode) => string | null;

/** By `nodes` a tag is chosen where a service has several: the one that most services have. */
export function groupOf(grouping: Grouping, nodes: readonly TopologyNode[]): GroupOf {
  if (grouping.by === 'service') return () => null;
  if (grouping.by === 'datacenter') return ({ kind }) => (kind === 'any' ? null : '');
  if (grouping.by === 'meta')
    return ({ meta }) => (Object.hasOwn(meta, grouping.key) ? meta[grouping.key] : null) ?? null;
  const often = new Map<string, number>();
  for (const { tags } of nodes) for (const tag of tags) often.set(tag, (often.get(tag) ?? 0) + 1);
  return ({ tags }) => {
    let best: string | null = null;
    for (const tag of tags) if (best === null || (often.get(tag) ?? 0) > (often.get(best) ?? 0)) best = tag;
    return best;
  };
}

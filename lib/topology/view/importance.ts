import type { TopologyNode } from '@/lib/topology/topology-body';
import { edgesInto, edgesOut, type GraphIndex } from './graph-index';

/** From what must be seen to what may be folded away first. */
const SOUGHT = 0;
const TROUBLED = 1;
const NEAR_TROUBLE = 2;
const REMARKABLE = 3;
const CONNECTED = 4;
const ALONE = 5;

/** Something about it is not as it should be. */
export const isTroubled = ({ status, kind, flapping, problem }: TopologyNode): boolean =>
  status === 'critical' ||
  status === 'warning' ||
  status === 'maintenance' ||
  (flapping ?? 0) > 0 ||
  problem !== null ||
  // What nothing lists is unknown for ever, and `*` is no service.
  (status === 'unknown' && kind !== 'absent' && kind !== 'any');

/** It is more than a service among services. */
export const isRemarkable = ({ split, failover, kind }: TopologyNode): boolean =>
  split !== null || failover.length > 0 || kind === 'gateway' || kind === 'absent';

/**
 * The order in which services are shown where not all can be: what is looked for, what is not well, what touches that, then what is connected most.
 * What was shown before gives way only to what must be seen, so that the picture does not change with everybody's fortune.
 */
export function byImportance(
  index: GraphIndex,
  keys: Iterable<string>,
  sought: ReadonlySet<string>,
  shownBefore: ReadonlySet<string>,
): string[] {
  const troubled = new Set<string>();
  for (const [key, node] of index.nodes) if (isTroubled(node)) troubled.add(key);
  const level = (key: string): number => {
    if (sought.has(key)) return SOUGHT;
    if (troubled.has(key)) return TROUBLED;
    const out = edgesOut(index, key);
    const into = edgesInto(index, key);
    if (out.some(({ to }) => troubled.has(to)) || into.some(({ from }) => troubled.has(from))) return NEAR_TROUBLE;
    const node = index.nodes.get(key);
    if (node && isRemarkable(node)) return REMARKABLE;
    return out.length + into.length > 0 ? CONNECTED : ALONE;
  };
  const degree = (key: string): number => edgesOut(index, key).length + edgesInto(index, key).length;
  return [...keys]
    .map((key) => ({ key, level: level(key), isNew: !shownBefore.has(key), degree: degree(key) }))
    .sort(
      (a, b) =>
        Math.min(a.level, NEAR_TROUBLE) - Math.min(b.level, NEAR_TROUBLE) ||
        Number(a.isNew) - Number(b.isNew) ||
        a.level - b.level ||
        b.degree - a.degree ||
        (a.key < b.key ? -1 : 1),
    )
    .map(({ key }) => key);
}

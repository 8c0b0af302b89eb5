import { edgesInto, edgesOut, type GraphIndex } from './graph-index';

/**
 * What lies within so many hops of a node, with how many: negative towards those that depend on it (`up`), positive towards what it needs (`down`). What is
 * reached both ways counts as the nearer, and of two that are as near as what depends on it. Only the node itself where nothing is known of it.
 */
export function withinHops(index: GraphIndex, key: string, up: number, down: number): Map<string, number> {
  const above = reached(key, up, (at) => edgesInto(index, at).map(({ from }) => from));
  const below = reached(key, down, (at) => edgesOut(index, at).map(({ to }) => to));
  const hops = new Map<string, number>();
  for (const [reachedKey, far] of below) hops.set(reachedKey, far);
  for (const [reachedKey, far] of above) {
    const other = hops.get(reachedKey);
    if (far > 0 && (other === undefined || far <= other)) hops.set(reachedKey, -far);
  }
  return hops;
}

function reached(start: string, most: number, next: (key: string) => readonly string[]): Map<string, number> {
  const far = new Map([[start, 0]]);
  let edge = [start];
  for (let hops = 1; hops <= most && edge.length > 0; hops += 1) {
    const beyond: string[] = [];
    for (const key of edge) {
      for (const to of next(key)) {
        if (far.has(to)) continue;
        far.set(to, hops);
        beyond.push(to);
      }
    }
    edge = beyond;
  }
  return far;
}

/** Where `key` stands, or would stand, in `items` sorted by `keyOf` in the order of code units. */
function search<T>(items: readonly T[], key: string, keyOf: (item: T) => string): { at: number; found: boolean } {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOf(items[middle] as T) < key) low = middle + 1;
    else high = middle;
  }
  const there = items[low];
  return { at: low, found: there !== undefined && keyOf(there) === key };
}

/** A copy of sorted `items` with `item` in the place of its key. */
export function upsertSorted<T>(items: readonly T[], item: T, keyOf: (item: T) => string): T[] {
  const { at, found } = search(items, keyOf(item), keyOf);
  return items.toSpliced(at, found ? 1 : 0, item);
}

/** `items` without the one of `key`; the same array where there is none. */
export function removeSorted<T>(items: T[], key: string, keyOf: (item: T) => string): T[] {
  const { at, found } = search(items, key, keyOf);
  return found ? items.toSpliced(at, 1) : items;
}

/** A list with the item at `from` at the place `to`, the others in their order; the same list where there is no such place. */
export function movedItem<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  if (from === to || items[from] === undefined || to < 0 || to >= items.length) return items;
  const rest = items.filter((_, at) => at !== from);
  return [...rest.slice(0, to), items[from] as Item, ...rest.slice(to)];
}

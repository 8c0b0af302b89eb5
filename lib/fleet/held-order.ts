export interface Identified {
  readonly id: string;
}

export interface HeldItem<Item> {
  readonly item: Item;
  /** It is no longer there; `item` is what it was when the order was held. */
  readonly gone: boolean;
}

export interface HeldOrder<Item> {
  readonly items: readonly HeldItem<Item>[];
  /** The order that is wanted now is another than the one shown. */
  readonly moved: boolean;
  /** How many of the wanted are not shown until the order is let go. */
  readonly waiting: number;
}

/**
 * A list whose rows keep their places while somebody reads it: the order of `held`, the contents of `current`. What has gone keeps its place
 * too, marked, for a row that vanishes would move all those below it under the reader's pointer. What is new waits.
 */
export function holdOrder<Item extends Identified>(
  held: readonly Item[],
  wanted: readonly Item[],
  current: ReadonlyMap<string, Item>,
): HeldOrder<Item> {
  const shown = new Set(held.map((item) => item.id));
  return {
    items: held.map((item) => {
      const now = current.get(item.id);
      return { item: now ?? item, gone: now === undefined };
    }),
    moved: !sameOrder(held, wanted),
    waiting: wanted.filter((item) => !shown.has(item.id)).length,
  };
}

function sameOrder(a: readonly Identified[], b: readonly Identified[]): boolean {
  return a.length === b.length && a.every((item, index) => item.id === b[index]?.id);
}

/** Of one plan, or of one recovery: an agent or server is not to be flooded. */
const MOST_AT_ONCE = 8;

/**
 * Acts on each, a bounded number at once, in their order. After an error it begins no other, waits for those under way, and rejects with it.
 */
export async function atOnce<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  let hasFailed = false;
  const work = async () => {
    for (const item of queue) {
      if (hasFailed) return;
      await act(item).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(MOST_AT_ONCE, items.length) }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

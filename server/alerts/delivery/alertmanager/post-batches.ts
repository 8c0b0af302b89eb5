/** Alerts of one request. */
export const MOST_IN_A_BATCH = 200;

/** A part of what was posted: taken, or refused for this reason (the end of a sentence). */
export interface Posted<T> {
  readonly items: readonly T[];
  readonly refusal: string | null;
}

/**
 * Posts all of it in batches. One that is refused is halved until what cannot be taken stands alone, so that one bad alert does not hold up all others.
 * @param post resolves with why the batch was refused, or null; a rejection ends it, and is passed on
 * @param told each part as soon as it is known
 */
export async function postBatches<T>(
  items: readonly T[],
  post: (batch: readonly T[]) => Promise<string | null>,
  told: (posted: Posted<T>) => void,
): Promise<void> {
  for (let at = 0; at < items.length; at += MOST_IN_A_BATCH) {
    await postBatch(items.slice(at, at + MOST_IN_A_BATCH), post, told);
  }
}

async function postBatch<T>(
  items: readonly T[],
  post: (batch: readonly T[]) => Promise<string | null>,
  told: (posted: Posted<T>) => void,
): Promise<void> {
  const refusal = await post(items);
  if (refusal === null || items.length === 1) {
    told({ items, refusal });
    return;
  }
  const middle = Math.ceil(items.length / 2);
  await postBatch(items.slice(0, middle), post, told);
  await postBatch(items.slice(middle), post, told);
}

/** How many slots a score looks back over. */
export const SLOTS = 20;
/** One bit for each slot of a score; bit 0 is the newest. */
export const ALL_SLOTS = 2 ** SLOTS - 1;

const HALF = SLOTS / 2;
const HALF_BITS = 2 ** HALF - 1;

/** Of the slot that is `age` slots old. Icinga 2 counts i from the oldest, 0, to the newest, 19, and weighs 0.8 + 0.02 i. */
const weightOf = (age: number): number => 0.8 + 0.02 * (SLOTS - 1 - age);

/** Every sum of ten neighbouring slots is worked out once: a score is two look-ups. */
function sumsFrom(firstAge: number): Float64Array {
  return Float64Array.from({ length: HALF_BITS + 1 }, (_, bits) => {
    let sum = 0;
    for (let at = 0; at < HALF; at += 1) if (bits & (1 << at)) sum += weightOf(firstAge + at);
    return sum;
  });
}

const newerSums = sumsFrom(0);
const olderSums = sumsFrom(HALF);

/**
 * Icinga 2's weighted score of the last 20 slots, percent: `100/20 · Σ bit·(0.8 + 0.02 i)`, 0 to 99 (`Checkable::UpdateFlappingStatus`). Icinga sets a bit for
 * each execution whose result differs from the one before; here a bit is set for each slot of time into which any transition fell.
 *
 * @param bits within `ALL_SLOTS`
 */
export function flapScore(bits: number): number {
  return ((newerSums[bits & HALF_BITS] ?? 0) + (olderSums[bits >>> HALF] ?? 0)) * (100 / SLOTS);
}

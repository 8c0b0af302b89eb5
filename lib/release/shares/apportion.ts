/**
 * Divides `total` units by these weights into whole units that sum to `total`: each part its exact share rounded down, and the units that are left to the
 * largest remainders (Hamilton's method), the earlier part first where two are equal. Weights and `total` are whole numbers of 0 and above, and so is
 * `total` times their sum below 2^53, which keeps every step exact.
 * @throws RangeError where there is a total and no weight to divide it by
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, weight) => left + weight, 0);
  if (sum === 0) {
    if (total === 0) return weights.map(() => 0);
    throw new RangeError('There is nothing to divide by: every weight is 0.');
  }
  const parts = weights.map((weight) => Math.floor((total * weight) / sum));
  const remainders = weights.map((weight, at) => ({ at, rest: (total * weight) % sum }));
  remainders.sort((a, b) => b.rest - a.rest || a.at - b.at);
  const left = total - parts.reduce((all, part) => all + part, 0);
  for (const { at } of remainders.slice(0, left)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}

/**
 * How far a count of n independent draws, each a hit with probability p, may lie from n p: farther it lies with a probability below `alarm`. Bernstein's
 * inequality: P(|X - n p| >= t) <= 2 exp(-t^2 / (2 (n p (1 - p) + t / 3))), solved for t.
 */
export function sampledWithin(n: number, p: number, alarm: number): number {
  const l = Math.log(2 / alarm);
  return l / 3 + Math.sqrt((l / 3) ** 2 + 2 * l * n * p * (1 - p));
}

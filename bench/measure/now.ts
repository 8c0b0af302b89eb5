/** Ms since 1970 with fractions; the same clock as `performance` in a page on this machine. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();

/**
 * A share (0 to 1) in percent, with two digits behind the point, cut and not rounded: what was not always available never reads as 100 %, and what
 * was for a moment never as 0.
 */
export function percentText(share: number): string {
  if (share >= 1) return '100 %';
  if (share <= 0) return '0 %';
  const cut = Math.floor(share * 10_000 + 1e-9) / 100;
  return cut === 0 ? '< 0.01 %' : `${cut.toFixed(2)} %`;
}

/** A part of what goes by one edge, to one version. */
export interface Strand {
  readonly version: string;
  /** Percent. */
  readonly share: number;
  /** Px to the side, so that strands lie beside each other. */
  readonly aside: number;
  /** Which of the versions' colours. */
  readonly tone: number;
  readonly width: number;
}

/** More strands than this are one bundle again. */
const MOST = 4;
const APART = 11;

/** One strand a version, the largest share first; none where traffic is not divided, or too finely. */
export function splitStrands(split: Readonly<Record<string, number>> | null): Strand[] {
  const parts = Object.entries(split ?? {}).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (parts.length < 2 || parts.length > MOST) return [];
  return parts.map(([version, share], at) => ({
    version,
    share,
    aside: (at - (parts.length - 1) / 2) * APART,
    tone: at,
    width: 1.2 + (share / 100) * 4,
  }));
}

/** Widths of characters at 12 px, on the safe side. */
const LATIN_PX = 6.3;
const WIDE_PX = 12;
/** Between a mark and the words. */
const GAP_PX = 30;

/** Of the first wide scripts: CJK and what follows. */
const WIDE_FROM = 0x2e80;

export interface MarkPlace {
  /** Where the one mark of a row stands, and how far its whiskers reach on each side; percent of the track. */
  readonly at: number;
  readonly spread: number;
}

/** Where the words of a row find room on a track so many px wide: behind its mark, before it, or below. A track that is not measured yet has none. */
export function wordsSide(words: string, { at, spread }: MarkPlace, trackPx: number): 'after' | 'before' | 'below' {
  const widths = [...words].map((character) => ((character.codePointAt(0) ?? 0) >= WIDE_FROM ? WIDE_PX : LATIN_PX));
  const neededPx = GAP_PX + widths.reduce((sum, width) => sum + width, 0);
  const room = (percent: number) => (percent / 100) * trackPx;
  if (room(100 - at - spread) >= neededPx) return 'after';
  return room(at - spread) >= neededPx ? 'before' : 'below';
}

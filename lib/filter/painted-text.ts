import type { Span } from './syntax';
import { filterTokens, type Token } from './tokens';

type Paint = 'field' | 'operator' | 'value' | 'keyword' | 'word' | 'blank';

/** A piece of a filter's text that is painted alike. */
export interface PaintedPiece extends Span {
  readonly text: string;
  readonly paint: Paint;
  /** It is what an error is about. */
  readonly wrong: boolean;
}

/** A filter's text in pieces, whole and in order, each with what it is, and cut where what is wrong begins and ends. */
export function paintedText(text: string, wrong: Span | null): PaintedPiece[] {
  const marks = filterTokens(text).flatMap(marksOf);
  const inside = (at: number): boolean => wrong !== null && wrong.start <= at && at < wrong.end;
  const edges = [
    0,
    text.length,
    ...(wrong ? [wrong.start, wrong.end] : []),
    ...marks.flatMap(({ start, end }) => [start, end]),
  ];
  const cuts = [...new Set(edges)].sort((a, b) => a - b);
  let mark = 0;
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? text.length;
    while ((marks[mark]?.end ?? Number.POSITIVE_INFINITY) <= start) mark += 1;
    const here = marks[mark];
    const paint = here && here.start <= start ? here.paint : 'blank';
    return { start, end, text: text.slice(start, end), paint, wrong: inside(start) };
  });
}

function marksOf(token: Token): (Span & { paint: Paint })[] {
  switch (token.kind) {
    case 'word':
      return [{ ...token, paint: 'word' }];
    case 'comparison': {
      const { start, operator, values } = token;
      const colon = operator.sign === ':';
      return [
        { start, end: colon ? operator.end : operator.start, paint: 'field' },
        ...(colon ? [] : [{ ...operator, paint: 'operator' as const }]),
        ...values.map((value) => ({ ...value, paint: 'value' as const })),
      ];
    }
    default:
      return [{ ...token, paint: 'keyword' }];
  }
}

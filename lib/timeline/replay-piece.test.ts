import { expect, it } from 'vitest';
import { pieceAt } from './replay-piece';

const at = (iso: string) => Date.parse(`2026-11-24T${iso}Z`);

it('cuts the past into the same pieces whatever moment is asked for, and never beyond now', () => {
  const nowMs = at('14:30:05');
  const piece = { fromMs: at('12:10:00'), toMs: at('12:20:00') };
  expect(pieceAt(at('12:16:40'), 60, nowMs)).toEqual(piece);
  expect(pieceAt(at('12:10:00'), 1, nowMs)).toEqual(piece);
  expect(pieceAt(at('12:16:40'), 600, nowMs)).toEqual({ fromMs: at('12:00:00'), toMs: at('13:00:00') });
  expect(pieceAt(at('14:30:02'), 1, nowMs)).toEqual({ fromMs: at('14:30:00'), toMs: at('14:30:10') });
  expect(pieceAt(at('14:24:00'), 600, nowMs)).toEqual({ fromMs: at('14:00:00'), toMs: at('14:30:00') });
});

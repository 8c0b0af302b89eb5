import fc from 'fast-check';
import { expect, it } from 'vitest';
import { paintedText } from './painted-text';

it('names fields, signs, values, keywords and words, and cuts out what is wrong', () => {
  const pieces = paintedText('not status:crit version:>=1 web', { start: 11, end: 15 });
  expect(pieces.filter(({ paint }) => paint !== 'blank').map(({ text, paint, wrong }) => [text, paint, wrong])).toEqual(
    [
      ['not', 'keyword', false],
      ['status:', 'field', false],
      ['crit', 'value', true],
      ['version:', 'field', false],
      ['>=', 'operator', false],
      ['1', 'value', false],
      ['web', 'word', false],
    ],
  );
});

it('is the whole text in order, whatever the text is and whatever is wrong', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom('a', ':', '"', ' ', '(', ')', ',', '>', '-', '或')).map((signs) => signs.join('')),
  );
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (typed, a, b) => {
      const [start = 0, end = 0] = [a % (typed.length + 1), b % (typed.length + 1)].sort((x, y) => x - y);
      const pieces = paintedText(typed, { start, end });
      expect(pieces.map((piece) => piece.text).join('')).toBe(typed);
      const wrong = pieces.filter((piece) => piece.wrong);
      expect(wrong.map((piece) => piece.text).join('')).toBe(typed.slice(start, end));
    }),
  );
});

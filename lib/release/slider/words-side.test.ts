import { expect, it } from 'vitest';
import { wordsSide } from './words-side';

// 20 letters are 126 px, with the gap 156.
const WORDS = 'x'.repeat(20);

it('is behind the mark where there is room, else before it, else below', () => {
  expect(wordsSide(WORDS, { at: 10, spread: 0 }, 600)).toBe('after');
  expect(wordsSide(WORDS, { at: 90, spread: 0 }, 600)).toBe('before');
  expect(wordsSide(WORDS, { at: 50, spread: 0 }, 300)).toBe('below');
});

it('leaves the whiskers of a mark free', () => {
  expect(wordsSide(WORDS, { at: 50, spread: 20 }, 600)).toBe('after');
  expect(wordsSide(WORDS, { at: 50, spread: 25 }, 600)).toBe('below');
});

it('gives Chinese its width', () => {
  // 20 characters are 240 px, with the gap 270.
  expect(wordsSide('观'.repeat(20), { at: 50, spread: 0 }, 500)).toBe('below');
  expect(wordsSide('观'.repeat(20), { at: 50, spread: 0 }, 600)).toBe('after');
});

it('is below until the track is measured', () => {
  expect(wordsSide('', { at: 10, spread: 0 }, 0)).toBe('below');
});

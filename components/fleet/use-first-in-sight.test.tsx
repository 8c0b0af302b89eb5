// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useFirstInSight } from './use-first-in-sight';

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

function lengths(first: readonly number[], then: readonly number[]) {
  const seen: number[] = [];
  const { result, rerender } = renderHook(
    ({ items }) => {
      const shown = useFirstInSight(items);
      seen.push(shown.length);
      return shown;
    },
    { initialProps: { items: first } },
  );
  rerender({ items: then });
  return { seen, shown: result.current };
}

test('of many that come at once those in sight are there first, then all', () => {
  const { seen, shown } = lengths([], numbers(0, 50));
  expect(seen).toEqual([0, 20, 50]);
  expect(shown).toEqual(numbers(0, 50));
});

test('what was there stays when one more comes, and is in order', () => {
  const { seen, shown } = lengths(numbers(1, 50), numbers(0, 50));
  expect(seen).toEqual([49, 50, 50]);
  expect(shown).toEqual(numbers(0, 50));
});

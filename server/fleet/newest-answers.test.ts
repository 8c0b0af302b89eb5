import { expect, test } from 'vitest';
import { NewestAnswers } from './newest-answers';

test('an answer older than the one taken before is not taken, an equal or newer one is', () => {
  const newest = new NewestAnswers();
  expect(newest.admits('web', 5)).toBe(true);
  newest.took('web', 5);
  expect([newest.admits('web', 4), newest.admits('web', 5), newest.admits('web', 6), newest.admits('api', 1)]).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

test('what is older three times in a row is taken: Consul has lost its state', () => {
  const newest = new NewestAnswers();
  newest.took('web', 5);
  expect([newest.admits('web', 2), newest.admits('web', 2)]).toEqual([false, false]);
  expect(newest.admits('web', 2)).toBe(true);
  newest.took('web', 2);
  expect(newest.admits('web', 2)).toBe(true);
  newest.took('web', 3);
  // A newer one in between begins the count anew.
  expect(newest.admits('web', 2)).toBe(false);
});

test('without an index nothing is older', () => {
  const newest = new NewestAnswers();
  newest.took('web', 5);
  expect(newest.admits('web', null)).toBe(true);
  newest.clear();
  expect(newest.admits('web', 1)).toBe(true);
});

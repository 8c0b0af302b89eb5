import { expect, it } from 'vitest';
import { newestFirst } from './version-sequence';

it('puts the newest version first, by its parts and not by its letters', () => {
  expect(newestFirst(['1.9.0', '1.10.0', 'v2', '1.10.0-rc.1'])).toEqual(['v2', '1.10.0', '1.10.0-rc.1', '1.9.0']);
});

it('puts what is no version last, by name, and each once', () => {
  expect(newestFirst(['unversioned', 'blue', '0.1', 'blue'])).toEqual(['0.1', 'blue', 'unversioned']);
});

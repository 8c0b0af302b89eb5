import { expect, it } from 'vitest';
import { basePathOf, workerName } from './worker-name';

it.each(['', '/lictor', '/ops:1/lictor-2:'])(
  'a worker reads the path %j off its name, whatever its number',
  (basePath) => {
    expect(basePathOf(workerName(12, basePath))).toBe(basePath);
  },
);

it('workers of other numbers have other names', () => {
  expect(workerName(1, '/2')).not.toBe(workerName(12, '/2'));
});

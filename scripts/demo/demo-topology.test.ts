import { expect, test } from 'vitest';
import { servedIn, standInsOf } from './demo-topology';

const three = ['dc1', 'dc2', 'dc3'];

test('what stands in is where instances are', () => {
  expect(standInsOf('users', three)).toEqual(three);
  expect(standInsOf('fraud-check', three)).toEqual(['dc2']);
  expect(standInsOf('fraud-check', ['dc1'])).toEqual([]);
});

test('a caller is served where it is, then where its service-resolver says, and nowhere twice', () => {
  expect(servedIn('users', 'dc2', three)).toEqual(['dc2', 'dc1', 'dc3']);
  expect(servedIn('fraud-check', 'dc1', three)).toEqual(['dc1', 'dc2']);
  expect(servedIn('ledger', 'dc3', three)).toEqual(['dc1']);
  expect(servedIn('search', 'dc3', three)).toEqual(['dc3']);
});

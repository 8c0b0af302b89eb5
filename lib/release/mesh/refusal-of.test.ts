import { expect, test } from 'vitest';
import { refusalOf } from './refusal-of';

const NO_SUBSET = 'service "pay" does not have a subset named "v2"';

test('a missing subset means one thing for a splitter and another for the resolver', () => {
  expect(refusalOf(NO_SUBSET, 'service-splitter')).toMatchObject({
    ...{ code: 'subset-missing', meaning: expect.stringContaining('resolver of pay has no subset v2') },
  });
  expect(refusalOf(NO_SUBSET, 'service-router')?.code).toBe('subset-missing');
  expect(refusalOf(NO_SUBSET, 'service-resolver')).toMatchObject({
    ...{ code: 'resolver-in-use', meaning: expect.stringContaining('names the subset v2 of pay') },
  });
});

test.each([
  'discovery chain "pay" uses a protocol "tcp" that does not permit advanced routing or splitting behavior',
  'discovery chain "pay" uses inconsistent protocols; service "x" has "tcp" which is not "http"',
])('%s is about the protocol', (said) => {
  expect(refusalOf(said, 'service-defaults')?.code).toBe('protocol-in-use');
});

test('what is no word about the entry is left to whoever knows what it means', () => {
  expect(refusalOf('No cluster leader', 'service-splitter')).toBeNull();
  expect(refusalOf('', 'service-splitter')).toBeNull();
});

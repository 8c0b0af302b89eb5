import { expect, test } from 'vitest';
import { keptEntry, neutralEntry, restoredEntry } from './neutral-entry';
import { isSameEntry } from './same-entry';

const of = (entryKind: string) => ({ entryKind, name: 'pay' });

test('what stands in for nothing says nothing, in the form that Consul takes', () => {
  expect(neutralEntry(of('service-splitter'))).toEqual({
    Kind: 'service-splitter',
    Name: 'pay',
    Splits: [{ Weight: 100 }],
  });
  expect(neutralEntry(of('service-router'))).toEqual({ Kind: 'service-router', Name: 'pay', Routes: [] });
  expect(neutralEntry(of('service-resolver'))).toEqual({ Kind: 'service-resolver', Name: 'pay' });
});

test('what stood before is put back as it was', () => {
  const before = { Kind: 'service-resolver', Name: 'pay', Anything: [1, null, ''] };
  expect(restoredEntry({ ...of('service-resolver'), before, after: {} })).toBe(before);
});

test('a resolver that others still need keeps its subsets and takes back everything else, and says why', () => {
  const before = { Kind: 'service-resolver', Name: 'pay', Meta: { by: 'ops' }, Subsets: { a: { Filter: 'x' } } };
  const after = {
    ...before,
    Subsets: { a: { Filter: 'changed' }, b: { Filter: 'y' } },
    Failover: { '*': { Datacenters: ['dc2'] } },
  };
  const kept = keptEntry({ ...of('service-resolver'), before, after });
  expect(kept).toEqual({
    ...before,
    Subsets: { a: { Filter: 'x' }, b: { Filter: 'y' } },
    Meta: { by: 'ops', lictor: expect.stringContaining('subsets kept') },
  });
  expect(kept && isSameEntry(kept, after)).toBe(false);
});

test('a protocol that others still need stays', () => {
  const after = { Kind: 'service-defaults', Name: 'pay', Protocol: 'http' };
  expect(keptEntry({ ...of('service-defaults'), before: null, after })).toEqual({
    ...after,
    Meta: { lictor: expect.stringContaining('protocol kept') },
  });
});

test('nothing needs a splitter or a router to stay', () => {
  for (const kind of ['service-splitter', 'service-router']) {
    expect(keptEntry({ ...of(kind), before: null, after: {} })).toBeNull();
  }
});

import { expect, test } from 'vitest';
import type { JsonObject } from '@/lib/release/json';
import { imageOf, isSameEntry } from './same-entry';

test('an image has neither indexes nor hash, and everything else', () => {
  expect(imageOf({ Kind: 'a', CreateIndex: 1, ModifyIndex: 2, Hash: 3, Status: { CreateIndex: 4 } })).toEqual({
    ...{ Kind: 'a', Status: { CreateIndex: 4 } },
  });
});

test.each<[string, JsonObject, JsonObject]>([
  ['the order of fields', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['empty objects', { a: 1, MeshGateway: {}, Expose: { Paths: null } }, { a: 1 }],
  ['an empty list written as null', { Routes: null }, { Routes: [] }],
  ['an empty text', { a: { Service: '' } }, { a: {} }],
  [
    'the namespace of the entry itself',
    { Routes: [{ Destination: { Service: 'a', Namespace: 'default' } }] },
    { Routes: [{ Destination: { Service: 'a' } }] },
  ],
  [
    'its own namespace in another one',
    { Namespace: 'x', Splits: [{ Namespace: 'x' }] },
    { Namespace: 'x', Splits: [{}] },
  ],
])('%s makes no difference', (_, left, right) => {
  expect(isSameEntry(left, right)).toBe(true);
});

test.each<[string, JsonObject, JsonObject]>([
  ['a number of 0', { Limits: { MaxConnections: 0 } }, { Limits: {} }],
  ['false', { Mode: { DialedDirectly: false } }, {}],
  ['an empty place in a list', { Splits: [{}, { Weight: 1 }] }, { Splits: [{ Weight: 1 }] }],
  ['the order of a list', { Datacenters: ['a', 'b'] }, { Datacenters: ['b', 'a'] }],
  ['the namespace of something else', { Splits: [{ Namespace: 'x' }] }, { Splits: [{}] }],
  ['the namespace in which it stands', { Namespace: 'x' }, {}],
  ['a field that nobody knows', { Novel: 'x' }, {}],
])('%s makes a difference', (_, left, right) => {
  expect(isSameEntry(left, right)).toBe(false);
});

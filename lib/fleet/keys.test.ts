import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instanceKey, keySegments, parsePair, serviceKey } from './keys';

test('any names survive a key and come back as they were', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string(), (dc, node, id) => {
      expect(keySegments(instanceKey(dc, node, id))).toEqual([dc, node, id].map((text) => text.toWellFormed()));
    }),
  );
});

test('a slash in a name is not a separator', () => {
  expect(serviceKey('dc1', 'a/b')).toBe('dc1/a%2Fb');
  expect(parsePair('dc1/a%2Fb')).toEqual({ dc: 'dc1', name: 'a/b' });
});

test('a key of another shape is no pair', () => {
  for (const key of ['', 'dc1', 'dc1/', '/web', 'dc1/web/x', 'dc1/%E0%A4%A']) expect(parsePair(key)).toBeNull();
});

import { expect, it } from 'vitest';
import { serviceHref } from './links';
import { pathSegment } from './path-segment';

it('gives back every name that a link was made of', () => {
  for (const name of ['a/b', 'a b', '100%', '%2F', 'x?y#z', '支付', '<b>bold</b>', '..', 'é'.repeat(200)]) {
    const [, , dc, segment, ...more] = serviceHref('dc 1', name).split('/');
    expect(more).toEqual([]);
    expect(pathSegment(segment ?? '')).toBe(name);
    expect(pathSegment(dc ?? '')).toBe('dc 1');
  }
});

it('refuses what is no percent-encoded text', () => {
  for (const segment of ['%', '%E0%A4%A', '%zz']) expect(pathSegment(segment)).toBeNull();
});

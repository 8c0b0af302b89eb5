import { expect, test } from 'vitest';
import { namedEdge } from './named-services';

const listed: Record<string, string[]> = { front: ['dc1', 'dc2'], cart: ['dc1'], users: ['dc2'], db: ['dc1', 'dc2'] };
const places = { datacenters: () => ['dc1', 'dc2'], placesOf: (name: string) => listed[name] ?? [] };
const named = (from: string, to: string, isListedOnly = false) => {
  const ends = [from, to].map((text) => {
    const [name = '', datacenter = ''] = text.split('@');
    return { name, datacenter };
  }) as [{ name: string; datacenter: string }, { name: string; datacenter: string }];
  const edge = namedEdge({ isListedOnly }, ends, places, { 'eu-1': 'dc2' });
  return typeof edge === 'string' ? edge : `${edge.from} ${edge.to}`;
};

test.each([
  ['both by label', 'front@dc1', 'db@dc2', 'dc1/front dc2/db'],
  ['a label by another name', 'front@eu-1', 'db@eu-1', 'dc2/front dc2/db'],
  ['a label of no datacenter counts for none', 'cart@nowhere', 'front@nowhere', 'dc1/cart dc1/front'],
  ['one label decides for the other, too', 'front@dc2', 'db', 'dc2/front dc2/db'],
  ['a name that is in one only', 'front@dc1', 'users', 'dc1/front dc2/users'],
  ['what is in one only, near it', 'front', 'cart', 'dc1/front dc1/cart'],
  ['what is listed nowhere stands beside its caller', 'cart', 'mail', 'dc1/cart dc1/mail'],
  ['and beside whom it calls', 'user', 'users', 'dc2/user dc2/users'],
  ['what could be of several is not guessed', 'front', 'db', 'ambiguous'],
  ['nor what is nowhere at all', 'this', 'that', 'ambiguous'],
  ['one end has no name', '', 'cart', 'unnamed'],
  ['a name is text', 'a/b>c@dc1', 'cart', 'dc1/a%2Fb%3Ec dc1/cart'],
])('%s', (_, from, to, expected) => {
  expect(named(from, to)).toBe(expected);
});

test('what may name other things than services is taken where both are listed', () => {
  expect([named('haproxy@dc1', 'cart@dc1', true), named('front@dc1', 'stats@dc1', true)]).toEqual([
    'unlisted',
    'unlisted',
  ]);
  expect(named('front@dc1', 'cart@dc1', true)).toBe('dc1/front dc1/cart');
});

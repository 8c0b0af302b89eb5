import { expect, test } from 'vitest';
import { parsePolicy } from './parse-policy';

const document = { format: 1, service: 'web', version: 3, shares: { v1: 90, v2: 10 }, routes: [], stages: {} };
const parsed = (change: object) => parsePolicy(JSON.stringify({ ...document, ...change }), 'web');

test('no key is no document', () => {
  expect(parsePolicy(null, 'web')).toEqual({ state: 'none' });
});

test('a document is read with every field that others added', () => {
  const more = { owner: 'team-a', limits: { perSecond: 5 } };
  expect(parsed(more)).toEqual({
    state: 'readable',
    document: { ...document, ...more },
    json: { ...document, ...more },
  });
});

test('what a document may leave out is empty', () => {
  const text = JSON.stringify({ format: 1, service: 'web', version: 1, shares: { v1: 100 } });
  expect(parsePolicy(text, 'web')).toMatchObject({ state: 'readable', document: { routes: [], stages: {} } });
});

test('a newer format is told from what cannot be read, whatever else is in it', () => {
  expect(parsePolicy('{"format":2,"split":[]}', 'web')).toMatchObject({
    state: 'newer-format',
    reason: expect.stringMatching(/format 2.*knows 1.*left as it is/),
  });
});

test.each([
  ['no JSON', '{', /no JSON object/],
  ['a list', '[]', /no JSON object/],
  ['nothing', 'null', /no JSON object/],
  ['no format', '{}', /format/],
  ['a format that is no number', '{"format":"2"}', /format/],
  [
    "another service's document",
    JSON.stringify({ ...document, service: 'web"<b>' }),
    /that of the service "web\\"<b>"/,
  ],
  ['shares that do not sum to 100', JSON.stringify({ ...document, shares: { v1: 90 } }), /sum to 90%/],
  ['a share that is no number', JSON.stringify({ ...document, shares: { v1: '100' } }), /shares\.v1/],
  ['a version that counts nothing', JSON.stringify({ ...document, version: 0 }), /version/],
  ['a route to nowhere', JSON.stringify({ ...document, routes: [{ header: 'gray-tag', value: 'v2' }] }), /routes\.0/],
  ['a stage that nobody knows', JSON.stringify({ ...document, stages: { v1: 'gone' } }), /stages/],
])('%s cannot be read, and the sentence says why and that it is left', (_, text, why) => {
  const standing = parsePolicy(text, 'web');
  expect(standing).toMatchObject({ state: 'unreadable', reason: expect.stringMatching(why) });
  expect(standing).toMatchObject({ reason: expect.stringMatching(/left as it is.*delete the key/) });
});

test('a version called __proto__ is no share that could be lost on the way: the document is not used', () => {
  const text = '{"format":1,"service":"web","version":1,"shares":{"v1":90,"__proto__":10}}';
  expect(parsePolicy(text, 'web').state).toBe('unreadable');
});

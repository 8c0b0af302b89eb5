import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { readSettings } from '@/server/config/settings';
import { Problem } from './problems';
import { guardWrite, optionalEtag, requiredEtag } from './write-guard';

const listen = (env: Record<string, string> = {}) => readSettings(env).listen;
const request = (headers: Record<string, string>) => ({ headers }) as unknown as FastifyRequest;
const JSON_HEADERS = { host: '127.0.0.1:3000', 'content-type': 'application/json; charset=utf-8' };

function answer(headers: Record<string, string>, env: Record<string, string> = {}): string {
  try {
    guardWrite(request({ ...JSON_HEADERS, ...headers }), listen(env));
    return 'let through';
  } catch (error) {
    return (error as Problem).code;
  }
}

it.each([
  ['a program', {}],
  ['a page of its own', { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }],
  ['somebody who typed it', { 'sec-fetch-site': 'none' }],
])('%s is let through', (_, headers) => {
  expect(answer(headers)).toBe('let through');
});

it('a page behind the proxy that LICTOR_BASE_URL names is its own', () => {
  const env = { LICTOR_BASE_URL: 'https://ops.example/lictor' };
  expect(answer({ origin: 'https://ops.example' }, env)).toBe('let through');
  expect(answer({ origin: 'http://ops.example' }, env)).toBe('foreign-origin');
});

it.each([
  ['of another host', { origin: 'http://evil.example' }],
  ['of another port', { origin: 'http://127.0.0.1:3001' }],
  ['that hides where it comes from', { origin: 'null' }],
  ['that names no URL', { origin: '127.0.0.1:3000' }],
  ['of a neighbour', { 'sec-fetch-site': 'same-site' }],
  ['of another site', { 'sec-fetch-site': 'cross-site' }],
])('a page %s is not', (_, headers) => {
  expect(answer(headers)).toBe('foreign-origin');
});

it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp', ''])(
  'a form (%s), which any page may send, is no change',
  (type) => {
    expect(answer({ 'content-type': type })).toBe('unsupported-media-type');
  },
);

it('who deletes has nothing to send, and no page of somebody else may', () => {
  const guarded = (headers: Record<string, string>) => () =>
    guardWrite(
      { method: 'DELETE', headers: { host: '127.0.0.1:3000', ...headers } } as unknown as FastifyRequest,
      listen(),
    );
  expect(guarded({})).not.toThrow();
  expect(guarded({ 'sec-fetch-site': 'cross-site' })).toThrow(Problem);
  expect(guarded({ 'content-type': 'text/plain' })).toThrow(Problem);
});

it('a change says what it changes', () => {
  expect(requiredEtag(request({ 'if-match': ' "a" ' }))).toBe('"a"');
  expect(optionalEtag(request({ 'if-match': ' ' }))).toBeNull();
  expect(() => requiredEtag(request({}))).toThrow(Problem);
});

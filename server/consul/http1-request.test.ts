import { expect, it } from 'vitest';
import { endpointOf } from './address';
import { hostField, http1RequestHead } from './http1-request';

it.each([
  ['http://consul.example:8500', 'consul.example:8500'],
  ['http://consul.example', 'consul.example'],
  ['https://consul.example:443', 'consul.example'],
  ['https://consul.example:80', 'consul.example:80'],
  ['http://[::1]:8500', '[::1]:8500'],
  ['unix:///run/consul.sock', 'localhost'],
])('names the agent at %s as %s', (address, host) => {
  expect(hostField(endpointOf(address))).toBe(host);
});

it('writes first line and fields', () => {
  const request = { method: 'GET', path: '/v1/x?stale=', headers: { Accept: 'application/json' }, body: undefined };
  expect(http1RequestHead(request, 'c:1')).toBe(
    'GET /v1/x?stale= HTTP/1.1\r\nHost: c:1\r\nAccept: application/json\r\n\r\n',
  );
});

it.each(['/v1/a b', '/v1/a\r\nX: 1', '/v1/a\n', '/v1/\u0100'])('refuses the path %j', (path) => {
  expect(() => http1RequestHead({ method: 'GET', path, headers: {}, body: undefined }, 'c:1')).toThrow(
    'percent-encoded',
  );
});

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { instantQueryAt, QueryFailed } from './instant-query';

/** What a query to a server that answers so comes to. */
async function asked(answer: RequestListener, basicAuth: string | null = null) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prom`;
  try {
    return await instantQueryAt({ url, basicAuth })('up{a="b c"}', new AbortController().signal);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const json = (body: unknown): RequestListener => {
  return (_, response) => response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

test('a vector comes with its labels, its time and its value', async () => {
  let heard: string[] = [];
  const samples = await asked((request, response) => {
    heard = [request.url ?? '', request.headers.authorization ?? ''];
    const result = [{ metric: { server: 'v1_1' }, value: [1_000.5, '12.5'] }];
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
  }, 'sre:secret');
  expect(samples).toEqual([{ labels: { server: 'v1_1' }, atSeconds: 1_000.5, value: 12.5 }]);
  expect(heard).toEqual(['/prom/api/v1/query?query=up%7Ba%3D%22b%20c%22%7D', 'Basic c3JlOnNlY3JldA==']);
});

test.each<[string, RequestListener, RegExp]>([
  ['a refused query', json({ status: 'error', errorType: 'bad_data', error: 'parse error' }), /bad_data: parse error/],
  ['a page that is no Prometheus', json('<html>'), /answered 200, and not as Prometheus does/],
  ['a matrix', json({ status: 'success', data: { resultType: 'matrix', result: [] } }), /not as Prometheus/],
  [
    'a redirect',
    (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    /answered 302, and not as Prometheus does/,
  ],
  ['an answer without an end', (_, response) => response.end('x'.repeat(1_000_001)), /longer than 1000000 bytes/],
  ['a cut', (request) => request.socket.destroy(), /^[\w ]+$/],
])('%s is a reason', async (_, answer, reason) => {
  const failure = await asked(answer).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(QueryFailed);
  expect((failure as Error).message).toMatch(reason);
});

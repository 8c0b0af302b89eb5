import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import type { RenderPage } from './parts';
import { appWith } from './testing/app-with';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function appOf(env: Record<string, string> = {}, renderPage: RenderPage | null = null): Promise<FastifyInstance> {
  const { app, close } = await appWith({ env, renderPage });
  closing.push(close);
  return app;
}

test('every error is a problem document with a stable type', async () => {
  const app = await appOf();
  const cases = [
    ['/api/v1/nowhere', 404, 'not-found'],
    ['/api/v1/services/dc1/web', 404, 'unknown-service'],
    ['/api/v1/nodes/dc1/n1', 404, 'unknown-node'],
    ['/api/v1/fleet?filter=status:', 400, 'invalid-filter'],
    ['/api/v1/nodes?filter=tag:canary', 400, 'invalid-filter'],
    ['/api/v1/instances?filter=subject:node', 400, 'invalid-filter'],
    ['/api/v1/instances?limit=101', 400, 'invalid-request'],
    ['/api/v1/fleet?filter=a&filter=b', 400, 'invalid-request'],
    ['/api/v1/stream?topic=weather', 400, 'unknown-topic'],
    ['/api/v1/stream?topic=service:dc1', 400, 'unknown-topic'],
    ['/api/v1/stream', 400, 'invalid-request'],
    ['/api/v1/timeline', 503, 'history-unavailable'],
    ['/api/v1/transitions?cursor=made-up', 400, 'invalid-request'],
    ['/api/v1/services/dc1/%E0%A4%A', 400, 'invalid-request'],
  ] as const;
  for (const [url, status, code] of cases) {
    const answer = await app.inject(url);
    expect([url, answer.statusCode, answer.json().type]).toEqual([url, status, `urn:lictor:problem:${code}`]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  }
});

test('a filter that cannot be read is answered with what is wrong and where', async () => {
  const filter = 'web status:broken';
  const answer = await (await appOf()).inject({ url: '/api/v1/fleet', query: { filter } });
  const { detail, filter: error } = answer.json();
  expect(detail).toContain('broken');
  expect(filter.slice(error.start, error.end)).toBe('broken');
  expect(error).toMatchObject({ code: 'unknown-value', found: 'broken' });
  expect(error.expected).toContain('critical');
  expect((await (await appOf()).inject({ url: '/api/v1/fleet', query: { filter: '' } })).statusCode).toBe(200);
});

test('an error inside Lictor says nothing of its insides', async () => {
  const answer = await (await appOf()).inject('/api/v1/system');
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('s3cret');
});

test('not ready is 503 with the reason', async () => {
  const answer = await (await appOf()).inject('/readyz');
  expect([answer.statusCode, answer.json().detail]).toEqual([503, 'Reading dc1 for the first time.']);
});

test('each answer has a policy with a nonce of its own, and the page is told the same one', async () => {
  const told: (string | string[] | undefined)[] = [];
  const app = await appOf({}, async (request, response) => {
    told.push(request.headers['content-security-policy']);
    response.end('page');
  });
  const answers = [await app.inject('/'), await app.inject('/')];
  const policies = answers.map(({ headers }) => String(headers['content-security-policy']));
  expect(policies).toEqual(told);
  expect(policies[0]).not.toBe(policies[1]);
  expect(policies[0]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
  expect(policies[0]).not.toMatch(/script-src [^;]*unsafe/);
});

test('a page that sends a body gets it untouched, whatever its type', async () => {
  const app = await appOf({}, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.end(Buffer.concat(chunks));
  });
  const payload = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--';
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  expect((await app.inject({ method: 'POST', url: '/', payload, headers })).body).toBe(payload);
});

test('on loopback a foreign host name is refused, and the one of the base URL is served', async () => {
  const app = await appOf({ LICTOR_BASE_URL: 'https://ops.example.org/lictor' });
  const ask = async (host: string) => (await app.inject({ url: '/lictor/healthz', headers: { host } })).statusCode;
  expect(await ask('evil.example.com')).toBe(421);
  expect(await ask('localhost.evil.example.com:3000')).toBe(421);
  for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'ops.example.org'])
    expect(await ask(host)).toBe(200);
});

test('everything is served under the path of the base URL', async () => {
  const app = await appOf({ LICTOR_BASE_URL: 'http://localhost/lictor/' });
  expect((await app.inject('/lictor/api/v1/fleet')).statusCode).toBe(200);
  expect((await app.inject('/api/v1/fleet')).statusCode).toBe(404);
});

test('a page stands at the path of the base URL itself, too, where links to the overview lead', async () => {
  const page = async (_request: unknown, response: { end(text: string): void }) => response.end('page');
  const below = await appOf({ LICTOR_BASE_URL: 'http://localhost/lictor' }, page);
  for (const path of ['/lictor', '/lictor?at=now', '/lictor/', '/lictor/services'])
    expect((await below.inject(path)).body, path).toBe('page');
  expect((await below.inject('/lictors')).statusCode).toBe(404);
  const atRoot = await appOf({}, page);
  for (const path of ['/', '/?at=now', '/services']) expect((await atRoot.inject(path)).body, path).toBe('page');
});

test('the API describes itself', async () => {
  const { openapi, paths } = (await (await appOf()).inject('/api/v1/openapi.json')).json();
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths).sort()).toEqual([
    '/api/v1/alert-rules',
    '/api/v1/alert-rules/try',
    '/api/v1/alerts',
    '/api/v1/alerts/{id}',
    '/api/v1/alerts/{id}/ack',
    '/api/v1/dead-letters',
    '/api/v1/dead-letters/{id}',
    '/api/v1/dead-letters/{id}/send',
    '/api/v1/fleet',
    '/api/v1/history',
    '/api/v1/instances',
    '/api/v1/lanes',
    '/api/v1/nodes',
    '/api/v1/nodes/{dc}/{name}',
    '/api/v1/replay',
    '/api/v1/services/{dc}/{name}',
    '/api/v1/silences',
    '/api/v1/silences/preview',
    '/api/v1/silences/{id}',
    '/api/v1/splits',
    '/api/v1/splits/{dc}/{name}',
    '/api/v1/splits/{dc}/{name}/adopt',
    '/api/v1/splits/{dc}/{name}/preview',
    '/api/v1/splits/{dc}/{name}/put-back',
    '/api/v1/splits/{dc}/{name}/undo',
    '/api/v1/stream',
    '/api/v1/system',
    '/api/v1/timeline',
    '/api/v1/topology',
    '/api/v1/transitions',
  ]);
});

test('a name of 200 characters, each of three bytes, fits into a path', async () => {
  const name = encodeURIComponent('服'.repeat(200));
  expect((await (await appOf()).inject(`/api/v1/services/dc1/${name}`)).json().type).toContain('unknown-service');
});

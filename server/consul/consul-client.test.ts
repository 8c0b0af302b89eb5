import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { ConsulClient } from './consul-client';
import { ConsulError } from './consul-error';
import { type ScriptedServer, scriptedServer } from './testing/scripted-server';

const SECRET = '11111111-2222-3333-4444-555555555555';

describe("the consul package's errors", () => {
  let server: ScriptedServer | undefined;
  let client: ConsulClient | undefined;
  afterEach(async () => {
    client?.close();
    await server?.close();
  });

  async function failing(script: Parameters<typeof scriptedServer>[0]): Promise<ConsulError> {
    server = await scriptedServer(script);
    client = new ConsulClient({ address: server.address, token: () => SECRET }, 1_000);
    const error = await client.getKey('lictor/x').then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(server.requests[0]?.headers['x-consul-token']).toBe(SECRET);
    if (!(error instanceof ConsulError)) throw new Error(`A ConsulError was expected, not ${String(error)}.`);
    // Whatever a logger makes of it, the causes included.
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(SECRET);
    return error;
  }

  it('a refusal keeps its words and loses the request that holds the token', async () => {
    const error = await failing((_request, response) => {
      response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Permission denied');
    });
    expect(error).toMatchObject({ kind: 'status', status: 403, denied: true });
    expect(error.message).toContain('Reading KV key lictor/x');
    expect(error.message).toContain('"Permission denied"');
  });

  it('a body cut short ends at the limit instead of never', async () => {
    const error = await failing((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
      response.write('[', () => response.socket?.destroy());
    });
    expect(error.kind).toBe('timeout');
  });

  it.each([
    ['a page of HTML', 'text/html', '<html>'],
    ['JSON that is cut off', 'application/json', '[{'],
    ['an entry of another shape', 'application/json', '[{"Key":1}]'],
  ])('%s is not JSON of Consul', async (_what, type, body) => {
    const error = await failing((_request, response) => {
      response.writeHead(200, { 'Content-Type': type }).end(body);
    });
    expect(error.kind).toBe('not-json');
  });

  it('a redirect is not followed', async () => {
    const error = await failing((_request, response) => {
      response.writeHead(301, { Location: '/elsewhere' }).end();
    });
    expect(error).toMatchObject({ kind: 'redirect', status: 301 });
    expect(server?.requests).toHaveLength(1);
  });

  it('a reset is a reset', async () => {
    expect((await failing((request) => request.socket.destroy())).kind).toBe('reset');
  });
});

import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { http1Transport } from './http1-transport';
import { consulFailure } from './testing/consul-failure';
import { answerJson, type ScriptedServer, scriptedServer } from './testing/scripted-server';
import { until } from './testing/until';
import type { ConsulTransport } from './transport';
import type { ConsulTransportOptions } from './wired-transport';

const SECRET = '11111111-2222-3333-4444-555555555555';

describe('the transport over HTTP/1.1', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function serve(script: Parameters<typeof scriptedServer>[0]): Promise<ScriptedServer> {
    const server = await scriptedServer(script);
    closing.push(server.close);
    return server;
  }

  function connect(address: string, options: Partial<ConsulTransportOptions> = {}): ConsulTransport {
    const transport = http1Transport({ address, maxConnections: 4, token: () => SECRET, ...options });
    closing.push(() => transport.close());
    return transport;
  }

  const get = (transport: ConsulTransport, timeoutMs = 5_000) => transport.request({ path: '/v1/x', timeoutMs });

  const failure = (work: Promise<unknown>) => consulFailure(work, SECRET);

  it('reads body and headers of Consul, and unpacks gzip', async () => {
    const server = await serve((_request, response) => {
      response
        .writeHead(200, {
          'Content-Type': 'application/json',
          'Content-Encoding': 'gzip',
          'X-Consul-Index': '42',
          'X-Consul-KnownLeader': 'true',
          'X-Consul-LastContact': '7',
          'X-Consul-Results-Filtered-By-ACLs': 'true',
        })
        .end(gzipSync('["a"]'));
    });
    const transport = connect(server.address);
    const answer = await transport.request({ path: '/v1/x', query: { dc: 'dc 1', stale: '' }, timeoutMs: 5_000 });
    expect(answer).toMatchObject({ status: 200, index: 42, knownLeader: true, lastContactMs: 7, filteredByAcls: true });
    expect(answer.body.toString()).toBe('["a"]');
    expect(server.requests[0]?.url).toBe('/v1/x?dc=dc+1&stale=');
    expect(server.requests[0]?.headers['x-consul-token']).toBe(SECRET);
    expect(server.requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  it('asks on this machine for what it will read unpacked, and for what it may drop unread packed', async () => {
    const server = await serve((_request, response) => answerJson(response, ['news']));
    const transport = connect(server.address);
    await transport.request({ path: '/v1/x', timeoutMs: 5_000 });
    await transport.request({ path: '/v1/x', timeoutMs: 5_000, unchangedIndex: 7 });
    expect(server.requests.map(({ headers }) => headers['accept-encoding'])).toEqual(['identity', 'gzip']);
  });

  it('tells since when an answer waits to be taken in', async () => {
    const server = await serve((_request, response) => answerJson(response, ['news']));
    const transport = connect(server.address);
    const seen = new Set<number | null>();
    let look = setImmediate(function again() {
      seen.add(transport.oldestUnreadMs);
      look = setImmediate(again);
    });
    const { receivedAtMs } = await get(transport);
    clearImmediate(look);
    expect(seen).toEqual(new Set([null, receivedAtMs]));
    expect(transport.oldestUnreadMs).toBeNull();
  });

  it('ends with a signal only the request that has it, also where that had ended before', async () => {
    const held: (() => void)[] = [];
    const server = await serve((request, response) => {
      if (request.url?.startsWith('/v1/held')) held.push(() => answerJson(response, ['held']));
      else answerJson(response, []);
    });
    const transport = connect(server.address);
    const early = new AbortController();
    await transport.request({ path: '/v1/x', timeoutMs: 5_000, signal: early.signal });
    const late = new AbortController();
    const ended = failure(transport.request({ path: '/v1/held', timeoutMs: 5_000, signal: late.signal }));
    const kept = transport.request({ path: '/v1/held', timeoutMs: 5_000 });
    await until('both to be held', () => held.length === 2);
    early.abort();
    late.abort();
    expect((await ended).kind).toBe('aborted');
    const after = transport.request({ path: '/v1/held', timeoutMs: 5_000 });
    await until('the third to be held', () => held.length === 3);
    for (const answer of held) answer();
    expect([(await kept).body.toString(), (await after).body.toString()]).toEqual(['["held"]', '["held"]']);
  });

  it('asks for the token at each request, and keeps its connection between them', async () => {
    let token: string | null = 'first';
    const server = await serve((_request, response) => answerJson(response, []));
    const transport = connect(server.address, { token: () => token });
    await get(transport);
    token = 'second';
    await get(transport);
    token = null;
    await get(transport);
    expect(server.requests.map((request) => request.headers['x-consul-token'])).toEqual(['first', 'second', undefined]);
    expect(server.openSockets).toBe(1);
    expect(transport.stats).toMatchObject({ openConnections: 1, requests: 3, waiting: 0, short: 0, queued: 0 });
  });

  it('reads an answer without news to its end and drops it', async () => {
    const server = await serve((_request, response) => answerJson(response, ['old'], { 'X-Consul-Index': '9' }));
    const transport = connect(server.address);
    const request = { path: '/v1/x', timeoutMs: 5_000 };
    expect((await transport.request({ ...request, unchangedIndex: 9 })).body).toHaveLength(0);
    expect((await transport.request({ ...request, unchangedIndex: 8 })).body.toString()).toBe('["old"]');
    expect(server.openSockets).toBe(1);
  });

  it('says that nothing listens', async () => {
    const server = await scriptedServer(() => {});
    await server.close();
    const error = await failure(get(connect(server.address)));
    expect(error.kind).toBe('connect');
    expect(error.message).toContain(`GET /v1/x at Consul ${server.address}`);
  });

  it('never follows a redirect', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(301, { Location: '/v1/health/service/b' }).end();
    });
    const error = await failure(get(connect(server.address)));
    expect(error).toMatchObject({ kind: 'redirect', status: 301 });
    expect(server.requests).toHaveLength(1);
  });

  it('hands other statuses to the caller, without a secret that the page repeats', async () => {
    const server = await serve((request, response) => {
      response.writeHead(429, { 'Content-Type': 'text/html' }).end(`<p>${request.headers['x-consul-token']}</p>`);
    });
    const answer = await get(connect(server.address));
    expect(answer.status).toBe(429);
    expect(answer.body.toString()).toBe('<p>[secret]</p>');
  });

  it('tells a body cut short, by its length', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('[1,', () => response.socket?.destroy());
    });
    expect((await failure(get(connect(server.address)))).kind).toBe('truncated');
  });

  it('tells a body cut short, in chunks', async () => {
    const server = await serve((_request, response) => {
      response.write('[1,', () => response.socket?.destroy());
    });
    expect((await failure(get(connect(server.address)))).kind).toBe('truncated');
  });

  it('tells a compressed body that ends too early though its length is right', async () => {
    const whole = gzipSync(JSON.stringify(Array.from({ length: 1_000 }, (_, at) => at)));
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(whole.subarray(0, whole.length - 20));
    });
    expect((await failure(get(connect(server.address)))).kind).toBe('truncated');
  });

  it('tells what is not gzip though it says so', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('plain');
    });
    expect((await failure(get(connect(server.address)))).kind).toBe('not-json');
  });

  it('tells a reset without a byte', async () => {
    const server = await serve((request) => request.socket.destroy());
    const transport = connect(server.address);
    expect((await failure(get(transport))).kind).toBe('reset');
    expect(transport.stats.errors.reset).toBe(1);
    expect(server.requests).toHaveLength(1);
  });

  it('asks once more when a kept connection turns out to be closed', async () => {
    const server = await serve((request, response) => {
      if (server.requests.length === 2) request.socket.destroy();
      else answerJson(response, []);
    });
    const transport = connect(server.address);
    await get(transport);
    expect((await get(transport)).status).toBe(200);
    expect(server.requests).toHaveLength(3);
  });

  it.each(['at once', 'later'])('gives a connection up that says more than its answer, %s', async (when) => {
    const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n';
    const sockets: net.Socket[] = [];
    const server = net.createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.on('data', () => {
        socket.write(when === 'at once' ? `${ANSWER}[]HTTP` : `${ANSWER}[]`);
        if (when === 'later') setTimeout(() => socket.write(`${ANSWER}[]`), 20);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => void server.close());
    const transport = connect(`http://127.0.0.1:${(server.address() as net.AddressInfo).port}`);
    expect((await get(transport)).body.toString()).toBe('[]');
    await until('the connection is given up', () => transport.stats.openConnections === 0);
    expect((await get(transport)).body.toString()).toBe('[]');
    expect(sockets).toHaveLength(2);
  });

  it('does not send a write again', async () => {
    const server = await serve((request, response) => {
      if (server.requests.length === 2) request.socket.destroy();
      else answerJson(response, true);
    });
    const transport = connect(server.address);
    const put = () => transport.request({ path: '/v1/x', method: 'PUT', body: 'é', timeoutMs: 5_000 });
    await put();
    expect((await failure(put())).kind).toBe('reset');
    expect(server.requests).toHaveLength(2);
  });

  it('gives an answer that never begins up at the limit, and closes its connection', async () => {
    const server = await serve(() => {});
    const error = await failure(get(connect(server.address), 1_000));
    expect(error.kind).toBe('timeout');
    expect(error.message).toContain('no answer began');
    await until('the socket is closed', () => server.openSockets === 0);
  });

  it('gives an answer that never ends up at the limit, though bytes keep coming', async () => {
    const server = await serve((_request, response) => {
      const dripping = setInterval(() => response.write(' '), 5);
      response.once('close', () => clearInterval(dripping));
    });
    // Long enough for the answer to have begun on a busy machine too.
    const error = await failure(get(connect(server.address), 2_000));
    expect(error.kind).toBe('timeout');
    expect(error.message).toContain('did not end');
    await until('the socket is closed', () => server.openSockets === 0);
  });

  it('gives an answer that stops in its middle up long before the limit', async () => {
    const server = await serve((_request, response) => response.write('['));
    const error = await failure(get(connect(server.address, { stallMs: 60 }), 60_000));
    expect(error.kind).toBe('timeout');
    expect(error.message).toContain('60 ms without a byte');
    await until('the socket is closed', () => server.openSockets === 0);
  });

  it('does not take a wait of Consul, in which nothing has begun, for an answer that stopped', async () => {
    const server = await serve((_request, response) => {
      setTimeout(() => answerJson(response, []), 900);
    });
    expect((await get(connect(server.address, { stallMs: 300 }))).status).toBe(200);
  });

  it('stops reading a body at the cap', async () => {
    const server = await serve((_request, response) => {
      const flood = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', flood);
      flood();
    });
    expect((await failure(get(connect(server.address, { maxBytes: 1024 * 1024 })))).kind).toBe('too-large');
    await until('the socket is closed', () => server.openSockets === 0);
  });

  it.each([
    ['small', 20],
    ['large', 200],
  ])('does not unpack a %s bomb', async (_size, megabytes) => {
    const bomb = gzipSync(Buffer.alloc(megabytes * 1024 * 1024));
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
    });
    expect((await failure(get(connect(server.address, { maxBytes: 1024 * 1024 })))).kind).toBe('too-large');
  });

  it('says that what answers is not HTTP', async () => {
    const server = await serve((request) => request.socket.end('SSH-2.0-OpenSSH\r\n'));
    expect((await failure(get(connect(server.address)))).kind).toBe('not-json');
  });

  it('says that TLS met a server without it', async () => {
    const server = await serve((_request, response) => answerJson(response, []));
    const error = await failure(get(connect(server.address.replace('http:', 'https:'))));
    expect(error.kind).toBe('tls');
    expect(error.message).toContain('speaks no TLS');
  });

  it('gives a connection that is never made up before the request itself', async () => {
    const silent = net.createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closing.push(async () => void silent.close());
    const address = `https://127.0.0.1:${(silent.address() as net.AddressInfo).port}`;
    const error = await failure(get(connect(address, { connectTimeoutMs: 50 }), 60_000));
    expect(error.kind).toBe('timeout');
    expect(error.message).toContain('the connection was not made');
  });

  it('says that a token cannot be sent, without showing it', async () => {
    const server = await serve((_request, response) => answerJson(response, []));
    const error = await failure(get(connect(server.address, { token: () => `${SECRET}\n` })));
    expect(error.kind).toBe('connect');
    expect(error.message).toContain('token');
  });

  it('ends at once when aborted, on the wire and in the queue, and leaves nothing behind', async () => {
    const server = await serve(() => {});
    const transport = connect(server.address, { maxConnections: 2, reservedForShort: 1 });
    const end = new AbortController();
    const request = { path: '/v1/x', timeoutMs: 60_000, lane: 'waiting', signal: end.signal } as const;
    const requests = [transport.request(request), transport.request(request)].map(failure);
    await until('one is on the wire', () => server.requests.length === 1);
    expect(transport.stats).toMatchObject({ waiting: 1, queued: 1 });
    end.abort();
    expect((await Promise.all(requests)).map((error) => error.kind)).toEqual(['aborted', 'aborted']);
    expect((await failure(transport.request(request))).kind).toBe('aborted');
    await until('the socket is closed', () => server.openSockets === 0);
    expect(transport.stats).toMatchObject({ waiting: 0, queued: 0, openConnections: 0 });
    expect(server.requests).toHaveLength(1);
  });

  it('keeps connections free for short requests while waits hold all of theirs', async () => {
    const held: (() => void)[] = [];
    const server = await serve((request, response) => {
      if (request.url === '/v1/wait') held.push(() => answerJson(response, []));
      else answerJson(response, []);
    });
    const transport = connect(server.address, { maxConnections: 4, reservedForShort: 1 });
    const waits = Array.from({ length: 5 }, () =>
      transport.request({ path: '/v1/wait', timeoutMs: 60_000, lane: 'waiting' }),
    );
    await until('three wait', () => held.length === 3);
    await get(transport);
    expect(transport.stats).toMatchObject({ waiting: 3, queued: 2, openConnections: 4 });
    for (const release of held) release();
    await until('the other two wait', () => held.length === 5);
    for (const release of held.slice(3)) release();
    await Promise.all(waits);
    expect(transport.stats.openConnections).toBeLessThanOrEqual(4);
  });

  it('ends what is under way when it is closed, and takes nothing more', async () => {
    const server = await serve(() => {});
    const transport = connect(server.address);
    const open = failure(get(transport, 60_000));
    await until('it is on the wire', () => server.requests.length === 1);
    await transport.close();
    expect((await open).kind).toBe('aborted');
    expect((await failure(get(transport))).kind).toBe('aborted');
    await until('the socket is closed', () => server.openSockets === 0);
  });
});

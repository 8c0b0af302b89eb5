import http2 from 'node:http2';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { http2Transport } from './http2-transport';
import { failure, get, Http2Harness, holdWaits, SECRET, wait } from './testing/http2-harness';
import { answerStream, type CameStream, type ScriptedHttp2 } from './testing/scripted-http2';
import { until } from './testing/until';

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = http2.constants;

describe('the transport over HTTP/2', () => {
  const harness = new Http2Harness();
  afterEach(() => harness.close());

  it('reads body and headers of Consul, unpacks gzip, and uses one session for many requests', async () => {
    const headers = {
      'content-encoding': 'gzip',
      'x-consul-index': '42',
      'x-consul-knownleader': 'true',
      'x-consul-lastcontact': '7',
      'x-consul-results-filtered-by-acls': 'true',
    };
    const server = await harness.serve(({ stream }) => {
      stream.respond({ ':status': 200, 'content-type': 'application/json', ...headers });
      stream.end(gzipSync('["a"]'));
    });
    const transport = harness.connect(server, { basicAuth: 'ops:zürich' });
    const request = { path: '/v1/x', query: { dc: 'dc 1', stale: '' }, timeoutMs: 5_000 };
    const answers = await Promise.all(Array.from({ length: 20 }, () => transport.request(request)));
    expect(answers[7]).toMatchObject({ status: 200, index: 42, knownLeader: true, lastContactMs: 7 });
    expect(answers[7]).toMatchObject({ filteredByAcls: true, contentType: 'application/json' });
    expect(answers[7]?.body.toString()).toBe('["a"]');
    expect(server.streams[7]?.headers).toMatchObject({
      ':method': 'GET',
      ':path': '/v1/x?dc=dc+1&stale=',
      'accept-encoding': 'identity',
      'x-consul-token': SECRET,
      authorization: `Basic ${Buffer.from('ops:zürich').toString('base64')}`,
    });
    expect(server.sessions).toHaveLength(1);
    expect(transport.stats).toMatchObject({ protocol: 'h2', openConnections: 1, requests: 20, short: 0, queued: 0 });
    expect(transport.stats.bytesReceived).toBe(20 * gzipSync('["a"]').length);
  });

  it('sends a body, and never a write twice', async () => {
    const bodies: string[] = [];
    const server = await harness.serve(({ stream }) => {
      stream.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      stream.once('end', () => stream.close(NGHTTP2_REFUSED_STREAM));
    });
    const transport = harness.connect(server);
    const put = transport.request({ path: '/v1/x', method: 'PUT', body: 'é', timeoutMs: 5_000 });
    expect(await failure(put)).toMatchObject({ kind: 'reset', message: expect.stringContaining('REFUSED_STREAM') });
    expect(bodies).toEqual(['é']);
    expect(server.streams).toHaveLength(1);
    expect(server.streams[0]?.headers['content-length']).toBe('2');
  });

  it('reads an answer without news to its end and drops it', async () => {
    const server = await harness.serve((came) => answerStream(came, ['old'], { 'x-consul-index': '9' }));
    const transport = harness.connect(server);
    const request = { path: '/v1/x', timeoutMs: 5_000 };
    expect((await transport.request({ ...request, unchangedIndex: 9 })).body).toHaveLength(0);
    expect((await transport.request({ ...request, unchangedIndex: 8 })).body.toString()).toBe('["old"]');
  });

  it('sends a refused request again, and gives it up when it is refused each time', async () => {
    const server = await harness.serve((came) => {
      if (came.path === '/v1/never' || server.streams.length === 1) came.stream.close(NGHTTP2_REFUSED_STREAM);
      else answerStream(came, []);
    });
    const transport = harness.connect(server);
    expect((await get(transport)).status).toBe(200);
    expect(server.streams).toHaveLength(2);
    const error = await failure(transport.request({ path: '/v1/never', timeoutMs: 5_000 }));
    expect(error).toMatchObject({ kind: 'reset', message: expect.stringContaining('REFUSED_STREAM') });
    expect(server.streams).toHaveLength(6);
  });

  it('tells a reset without a byte', async () => {
    const server = await harness.serve(({ stream }) => stream.close(NGHTTP2_INTERNAL_ERROR));
    const transport = harness.connect(server);
    const error = await failure(get(transport));
    expect(error).toMatchObject({ kind: 'reset', message: expect.stringContaining('INTERNAL_ERROR') });
    expect(transport.stats).toMatchObject({ openConnections: 1, short: 0 });
    expect(transport.stats.errors.reset).toBe(1);
    expect(server.streams).toHaveLength(1);
  });

  it.each<[string, (came: CameStream, server: ScriptedHttp2) => void]>([
    ['by a reset', ({ stream }) => stream.write('[1,', () => stream.destroy(new Error('spoiled')))],
    ['by the end of the connection', ({ stream }, server) => stream.write('[1,', () => server.breakSockets())],
    ['by its length', ({ stream }) => stream.end('[1,')],
    ['by a reset that says no error', ({ stream }) => stream.write('[1,', () => stream.close(NGHTTP2_NO_ERROR))],
  ])('tells a body cut short %s', async (_how, cut) => {
    const server = await harness.serve((came) => {
      came.stream.respond({ ':status': 200, 'content-length': 100 });
      cut(came, server);
    });
    expect((await failure(get(harness.connect(server)))).kind).toBe('truncated');
  });

  it('tells a compressed body that ends too early', async () => {
    const whole = gzipSync(JSON.stringify(Array.from({ length: 1_000 }, (_, at) => at)));
    const server = await harness.serve(({ stream }) => {
      stream.respond({ ':status': 200, 'content-encoding': 'gzip' });
      stream.end(whole.subarray(0, whole.length - 20));
    });
    expect((await failure(get(harness.connect(server)))).kind).toBe('truncated');
  });

  it('never follows a redirect, and hands other statuses on without a secret that the page repeats', async () => {
    const server = await harness.serve(({ stream, path, headers }) => {
      stream.respond({ ':status': path === '/v1/x' ? 429 : 301, 'content-type': 'text/html' });
      stream.end(`<p>${headers['x-consul-token']}</p>`);
    });
    const transport = harness.connect(server);
    const answer = await get(transport);
    expect([answer.status, answer.body.toString()]).toEqual([429, '<p>[secret]</p>']);
    expect((await failure(wait(transport))).kind).toBe('redirect');
  });

  it('gives an answer that never begins, or never ends, up at the limit, and tells the peer', async () => {
    const server = await harness.serve(({ stream, path }) => {
      if (path === '/v1/wait') return;
      stream.respond({ ':status': 200 });
      const dripping = setInterval(() => stream.write(' '), 5);
      stream.once('close', () => clearInterval(dripping));
    });
    const transport = harness.connect(server);
    // Long enough for the session to stand, and the answer to have begun, on a busy machine too.
    const silent = failure(transport.request({ path: '/v1/wait', timeoutMs: 2_000 }));
    const endless = failure(get(transport, 2_000));
    expect(await silent).toMatchObject({ kind: 'timeout', message: expect.stringContaining('no answer began') });
    expect(await endless).toMatchObject({ kind: 'timeout', message: expect.stringContaining('did not end') });
    await until('both are reset', () => server.closedWith.length === 2);
    expect(server.closedWith).toEqual([NGHTTP2_CANCEL, NGHTTP2_CANCEL]);
    expect(transport.stats).toMatchObject({ short: 0, openConnections: 1 });
  });

  it('gives an answer that stops in its middle up long before the limit', async () => {
    const server = await harness.serve(({ stream }) => {
      stream.respond({ ':status': 200 });
      stream.write('[');
    });
    const error = await failure(get(harness.connect(server, { stallMs: 60 }), 60_000));
    expect(error).toMatchObject({ kind: 'timeout', message: expect.stringContaining('60 ms without a byte') });
    await until('it is reset', () => server.closedWith.length === 1);
  });

  it('stops reading a body at the cap, and goes on with the session', async () => {
    const server = await harness.serve((came) => {
      if (came.path !== '/v1/flood') return answerStream(came, []);
      const { stream } = came;
      stream.respond({ ':status': 200 });
      const flood = () => {
        while (!stream.destroyed && stream.write(Buffer.alloc(64 * 1024)));
      };
      stream.on('drain', flood);
      flood();
    });
    const transport = harness.connect(server, { maxBytes: 1024 * 1024 });
    const error = await failure(transport.request({ path: '/v1/flood', timeoutMs: 20_000 }));
    expect(error.kind).toBe('too-large');
    await get(transport);
    expect(server.sessions).toHaveLength(1);
  });

  it.each([
    ['small', 20],
    ['large', 200],
  ])('does not unpack a %s bomb', async (_size, megabytes) => {
    const bomb = gzipSync(Buffer.alloc(megabytes * 1024 * 1024));
    const server = await harness.serve(({ stream }) => {
      stream.respond({ ':status': 200, 'content-encoding': 'gzip' });
      stream.end(bomb);
    });
    expect((await failure(get(harness.connect(server, { maxBytes: 1024 * 1024 })))).kind).toBe('too-large');
  });

  it('carries bodies of megabytes side by side', async () => {
    const body = Array.from({ length: 300_000 }, (_, at) => at);
    const server = await harness.serve((came) => answerStream(came, body));
    const transport = harness.connect(server);
    const answers = await Promise.all(Array.from({ length: 12 }, () => get(transport, 20_000)));
    expect(answers.every((answer) => answer.body.length === JSON.stringify(body).length)).toBe(true);
  });

  it('says that a token cannot be sent, without showing it', async () => {
    const server = await harness.serve(holdWaits);
    const error = await failure(get(harness.connect(server, { token: () => `${SECRET}\n` })));
    expect(error).toMatchObject({ kind: 'connect', message: expect.stringContaining('token') });
    expect(server.streams).toHaveLength(0);
  });

  it('is not for an address without TLS', () => {
    expect(() => http2Transport({ address: 'http://127.0.0.1:8500', maxConnections: 4 })).toThrow(RangeError);
  });
});

import http2 from 'node:http2';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from './clock';
import { http2Transport } from './http2-transport';
import { Http2Wire } from './http2-wire';
import { consulFailure } from './testing/consul-failure';
import { ManualClock, settled } from './testing/manual-clock';
import {
  answerStream,
  type CameStream,
  EMPTY_SETTINGS,
  mutePeer,
  type ScriptedHttp2,
  scriptedHttp2,
} from './testing/scripted-http2';
import { until } from './testing/until';
import type { ConsulTransport } from './transport';
import { type ConsulTransportOptions, wiredTransport } from './wired-transport';

const SECRET = '11111111-2222-3333-4444-555555555555';
const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = http2.constants;

describe('the transport over HTTP/2', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function serve(...script: Parameters<typeof scriptedHttp2>): Promise<ScriptedHttp2> {
    const server = await scriptedHttp2(...script);
    closing.push(server.close);
    return server;
  }

  function connect(
    { connect }: Pick<ScriptedHttp2, 'connect'>,
    options: Partial<ConsulTransportOptions> = {},
  ): ConsulTransport {
    const { maxConnections = 4, clock = systemClock } = options;
    const transport = wiredTransport(
      { address: 'https://127.0.0.1:8501', maxConnections, token: () => SECRET, ...options },
      (onChange) => new Http2Wire({ connect, maxSessions: () => maxConnections, clock, random: () => 0.5, onChange }),
    );
    closing.push(() => transport.close());
    return transport;
  }

  const failure = (work: Promise<unknown>) => consulFailure(work, SECRET);
  const get = (transport: ConsulTransport, timeoutMs = 5_000) => transport.request({ path: '/v1/x', timeoutMs });
  const wait = (transport: ConsulTransport, signal?: AbortSignal) =>
    transport.request({ path: '/v1/wait', timeoutMs: 60_000, lane: 'waiting', ...(signal && { signal }) });
  const waits = (transport: ConsulTransport, count: number) => Array.from({ length: count }, () => wait(transport));
  const release = (server: ScriptedHttp2) => {
    for (const came of server.streams) if (!came.stream.destroyed && !came.stream.headersSent) answerStream(came, []);
  };
  /** Answers everything but `/v1/wait`. */
  const holdWaits = (came: CameStream) => {
    if (came.path !== '/v1/wait') answerStream(came, []);
  };

  it('reads body and headers of Consul, unpacks gzip, and uses one session for many requests', async () => {
    const headers = {
      'content-encoding': 'gzip',
      'x-consul-index': '42',
      'x-consul-knownleader': 'true',
      'x-consul-lastcontact': '7',
      'x-consul-results-filtered-by-acls': 'true',
    };
    const server = await serve(({ stream }) => {
      stream.respond({ ':status': 200, 'content-type': 'application/json', ...headers });
      stream.end(gzipSync('["a"]'));
    });
    const transport = connect(server, { basicAuth: 'ops:zürich' });
    const request = { path: '/v1/x', query: { dc: 'dc 1', stale: '' }, timeoutMs: 5_000 };
    const answers = await Promise.all(Array.from({ length: 20 }, () => transport.request(request)));
    expect(answers[7]).toMatchObject({ status: 200, index: 42, knownLeader: true, lastContactMs: 7 });
    expect(answers[7]).toMatchObject({ filteredByAcls: true, contentType: 'application/json' });
    expect(answers[7]?.body.toString()).toBe('["a"]');
    expect(server.streams[7]?.headers).toMatchObject({
      ':method': 'GET',
      ':path': '/v1/x?dc=dc+1&stale=',
      'accept-encoding': 'gzip',
      'x-consul-token': SECRET,
      authorization: `Basic ${Buffer.from('ops:zürich').toString('base64')}`,
    });
    expect(server.sessions).toHaveLength(1);
    expect(transport.stats).toMatchObject({ protocol: 'h2', openConnections: 1, requests: 20, short: 0, queued: 0 });
    expect(transport.stats.bytesReceived).toBe(20 * gzipSync('["a"]').length);
  });

  it('sends a body, and never a write twice', async () => {
    const bodies: string[] = [];
    const server = await serve(({ stream }) => {
      stream.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      stream.once('end', () => stream.close(NGHTTP2_REFUSED_STREAM));
    });
    const transport = connect(server);
    const put = transport.request({ path: '/v1/x', method: 'PUT', body: 'é', timeoutMs: 5_000 });
    expect(await failure(put)).toMatchObject({ kind: 'reset', message: expect.stringContaining('REFUSED_STREAM') });
    expect(bodies).toEqual(['é']);
    expect(server.streams).toHaveLength(1);
    expect(server.streams[0]?.headers['content-length']).toBe('2');
  });

  it('reads an answer without news to its end and drops it', async () => {
    const server = await serve((came) => answerStream(came, ['old'], { 'x-consul-index': '9' }));
    const transport = connect(server);
    const request = { path: '/v1/x', timeoutMs: 5_000 };
    expect((await transport.request({ ...request, unchangedIndex: 9 })).body).toHaveLength(0);
    expect((await transport.request({ ...request, unchangedIndex: 8 })).body.toString()).toBe('["old"]');
  });

  it('opens another session only when the others are full, and keeps room in each for short requests', async () => {
    const server = await serve(holdWaits, { maxConcurrentStreams: 20 });
    const transport = connect(server, { maxConnections: 3 });
    const held = waits(transport, 12);
    await until('twelve wait', () => server.streams.length === 12);
    expect(server.sessions).toHaveLength(1);
    expect(transport.waitingCapacity).toBe(36);
    await Promise.all(Array.from({ length: 8 }, () => get(transport)));
    expect(server.sessions).toHaveLength(1);
    held.push(...waits(transport, 1));
    await until('the thirteenth waits too', () => server.sessions.length === 2 && server.streams.length === 21);
    held.push(...waits(transport, 30));
    await until('three sessions are full', () => transport.stats.queued === 7 && server.streams.length === 44);
    await get(transport);
    expect([server.sessions.length, server.mostStreams]).toEqual([3, 20]);
    release(server);
    await until('the rest waits', () => server.streams.length === 52);
    release(server);
    await Promise.all(held);
    expect(server.sessions).toHaveLength(3);
  });

  it('counts waits that were aborted here until Consul ends them, and opens another session instead', async () => {
    const server = await serve(holdWaits, { maxConcurrentStreams: 4 });
    const transport = connect(server);
    const end = new AbortController();
    const aborted = [wait(transport, end.signal), wait(transport, end.signal)].map(failure);
    await until('both wait', () => server.streams.length === 2);
    end.abort();
    expect((await Promise.all(aborted)).map(({ kind }) => kind)).toEqual(['aborted', 'aborted']);
    await until('both streams are reset', () => server.closedWith.length === 2);
    expect(server.closedWith).toEqual([NGHTTP2_CANCEL, NGHTTP2_CANCEL]);
    const next = wait(transport);
    await until('the next waits', () => server.streams.length === 3);
    expect(server.streams[2]?.session).toBe(2);
    release(server);
    await next;
  });

  it('lets what was aborted go where no other session may be opened', async () => {
    const server = await serve(holdWaits, { maxConcurrentStreams: 2 });
    const transport = connect(server, { maxConnections: 1 });
    const end = new AbortController();
    const aborted = failure(wait(transport, end.signal));
    await until('it waits', () => server.streams.length === 1);
    end.abort();
    await aborted;
    const next = wait(transport);
    await until('the next waits', () => server.streams.length === 2);
    expect(server.sessions).toHaveLength(1);
    release(server);
    await next;
  });

  it('sends again, on another session, what a leaving peer never read; the rest finishes where it is', async () => {
    const server = await serve(({ session, stream }) => {
      if (session === 1 && server.streams.length === 3) stream.session?.goaway(NGHTTP2_NO_ERROR, 3);
    });
    const transport = connect(server);
    const held = waits(transport, 3);
    await until('the third comes again', () => server.streams.length === 4);
    expect(server.streams.map(({ session }) => session)).toEqual([1, 1, 1, 2]);
    expect(transport.stats).toMatchObject({ waiting: 3, openConnections: 2 });
    release(server);
    await Promise.all(held);
    await until('the first session is closed', () => transport.stats.openConnections === 1);
    expect(transport.stats.errors).toMatchObject({ reset: 0, truncated: 0 });
  });

  it('fails what a peer that leaves in error may have read, and sends the rest again', async () => {
    const server = await serve(({ session, stream }) => {
      if (session === 1 && server.streams.length === 3) stream.session?.goaway(NGHTTP2_INTERNAL_ERROR, 3);
    });
    const transport = connect(server);
    const [first, second, third] = waits(transport, 3);
    if (!first || !second || !third) throw new Error('Three waits were made.');
    const failed = await Promise.all([failure(first), failure(second)]);
    expect(failed.map(({ kind }) => kind)).toEqual(['reset', 'reset']);
    await until('the third comes again', () => server.streams.length === 4);
    release(server);
    await third;
  });

  it('sends a refused request again, and gives it up when it is refused each time', async () => {
    const server = await serve((came) => {
      if (came.path === '/v1/never' || server.streams.length === 1) came.stream.close(NGHTTP2_REFUSED_STREAM);
      else answerStream(came, []);
    });
    const transport = connect(server);
    expect((await get(transport)).status).toBe(200);
    expect(server.streams).toHaveLength(2);
    const error = await failure(transport.request({ path: '/v1/never', timeoutMs: 5_000 }));
    expect(error).toMatchObject({ kind: 'reset', message: expect.stringContaining('REFUSED_STREAM') });
    expect(server.streams).toHaveLength(6);
  });

  it('tells a reset without a byte', async () => {
    const server = await serve(({ stream }) => stream.close(NGHTTP2_INTERNAL_ERROR));
    const transport = connect(server);
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
    const server = await serve((came) => {
      came.stream.respond({ ':status': 200, 'content-length': 100 });
      cut(came, server);
    });
    expect((await failure(get(connect(server)))).kind).toBe('truncated');
  });

  it('tells a compressed body that ends too early', async () => {
    const whole = gzipSync(JSON.stringify(Array.from({ length: 1_000 }, (_, at) => at)));
    const server = await serve(({ stream }) => {
      stream.respond({ ':status': 200, 'content-encoding': 'gzip' });
      stream.end(whole.subarray(0, whole.length - 20));
    });
    expect((await failure(get(connect(server)))).kind).toBe('truncated');
  });

  it('never follows a redirect, and hands other statuses on without a secret that the page repeats', async () => {
    const server = await serve(({ stream, path, headers }) => {
      stream.respond({ ':status': path === '/v1/x' ? 429 : 301, 'content-type': 'text/html' });
      stream.end(`<p>${headers['x-consul-token']}</p>`);
    });
    const transport = connect(server);
    const answer = await get(transport);
    expect([answer.status, answer.body.toString()]).toEqual([429, '<p>[secret]</p>']);
    expect((await failure(wait(transport))).kind).toBe('redirect');
  });

  it('gives an answer that never begins, or never ends, up at the limit, and tells the peer', async () => {
    const server = await serve(({ stream, path }) => {
      if (path === '/v1/wait') return;
      stream.respond({ ':status': 200 });
      const dripping = setInterval(() => stream.write(' '), 5);
      stream.once('close', () => clearInterval(dripping));
    });
    const transport = connect(server);
    const silent = failure(transport.request({ path: '/v1/wait', timeoutMs: 100 }));
    const endless = failure(get(transport, 100));
    expect(await silent).toMatchObject({ kind: 'timeout', message: expect.stringContaining('no answer began') });
    expect(await endless).toMatchObject({ kind: 'timeout', message: expect.stringContaining('did not end') });
    await until('both are reset', () => server.closedWith.length === 2);
    expect(server.closedWith).toEqual([NGHTTP2_CANCEL, NGHTTP2_CANCEL]);
    expect(transport.stats).toMatchObject({ short: 0, openConnections: 1 });
  });

  it('gives an answer that stops in its middle up long before the limit', async () => {
    const server = await serve(({ stream }) => {
      stream.respond({ ':status': 200 });
      stream.write('[');
    });
    const error = await failure(get(connect(server, { stallMs: 60 }), 60_000));
    expect(error).toMatchObject({ kind: 'timeout', message: expect.stringContaining('60 ms without a byte') });
    await until('it is reset', () => server.closedWith.length === 1);
  });

  it('stops reading a body at the cap, and goes on with the session', async () => {
    const server = await serve((came) => {
      if (came.path !== '/v1/flood') return answerStream(came, []);
      const { stream } = came;
      stream.respond({ ':status': 200 });
      const flood = () => {
        while (!stream.destroyed && stream.write(Buffer.alloc(64 * 1024)));
      };
      stream.on('drain', flood);
      flood();
    });
    const transport = connect(server, { maxBytes: 1024 * 1024 });
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
    const server = await serve(({ stream }) => {
      stream.respond({ ':status': 200, 'content-encoding': 'gzip' });
      stream.end(bomb);
    });
    expect((await failure(get(connect(server, { maxBytes: 1024 * 1024 })))).kind).toBe('too-large');
  });

  it('carries bodies of megabytes side by side', async () => {
    const body = Array.from({ length: 300_000 }, (_, at) => at);
    const server = await serve((came) => answerStream(came, body));
    const transport = connect(server);
    const answers = await Promise.all(Array.from({ length: 12 }, () => get(transport, 20_000)));
    expect(answers.every((answer) => answer.body.length === JSON.stringify(body).length)).toBe(true);
  });

  it('obeys when the peer allows fewer streams, and uses more as soon as it allows them', async () => {
    const server = await serve(holdWaits, { maxConcurrentStreams: 20 });
    const transport = connect(server, { maxConnections: 1 });
    await get(transport);
    expect(transport.waitingCapacity).toBe(12);
    server.sessions[0]?.settings({ maxConcurrentStreams: 2 });
    await until('the lower limit is known', () => transport.waitingCapacity === 1);
    const held = waits(transport, 10);
    await until('one waits', () => server.streams.length === 2);
    await get(transport);
    expect(transport.stats).toMatchObject({ waiting: 1, queued: 9 });
    server.sessions[0]?.settings({ maxConcurrentStreams: 100 });
    await until('all wait', () => server.streams.length === 12);
    expect(transport.waitingCapacity).toBe(92);
    release(server);
    await Promise.all(held);
    server.sessions[0]?.settings({ maxConcurrentStreams: 0 });
    await until('nothing is allowed', () => transport.waitingCapacity === 0);
    const queued = get(transport);
    expect(transport.stats.queued).toBe(1);
    server.sessions[0]?.settings({ maxConcurrentStreams: 9 });
    expect((await queued).status).toBe(200);
    expect(server.sessions).toHaveLength(1);
  });

  it('gives a session up that answers no ping, and its requests with it', async () => {
    const peer = await mutePeer(EMPTY_SETTINGS);
    closing.push(peer.close);
    const clock = new ManualClock();
    const transport = connect(peer, { clock });
    const error = failure(wait(transport));
    await until('it is asked', () => transport.stats.openConnections === 1);
    await clock.advance(14_999);
    expect(transport.stats.openConnections).toBe(1);
    await clock.advance(1);
    expect(await error).toMatchObject({ kind: 'reset', message: expect.stringContaining('no ping') });
    await until('its socket is closed', () => peer.openSockets === 0);
    expect(transport.stats.openConnections).toBe(0);
  });

  it('pings a peer that answers without disturbing it, and closes a session that was idle for a minute', async () => {
    const clock = new ManualClock();
    const server = await serve(holdWaits);
    let pings = 0;
    const transport = connect(server, { clock });
    const held = wait(transport);
    await until('it waits', () => server.streams.length === 1);
    server.sessions[0]?.on('ping', () => {
      pings += 1;
    });
    for (let turn = 1; turn <= 5; turn += 1) {
      await clock.advance(10_000);
      await until('a ping came', () => pings === turn);
      // Its answer is another way through the sockets.
      await new Promise((resolve) => server.sessions[0]?.ping(resolve));
    }
    release(server);
    await held;
    await clock.advance(59_999);
    expect(transport.stats.openConnections).toBe(1);
    await clock.advance(1);
    await until('its socket is closed', () => server.openSockets === 0);
    await until('it is gone here', () => transport.stats.openConnections === 0);
    expect(pings).toBe(5);
    expect(clock.pending).toBe(0);
    await get(transport);
    expect(server.sessions).toHaveLength(2);
  });

  it('lets hundreds of waits that lost their sessions share the next ones, after a pause', async () => {
    const clock = new ManualClock();
    const server = await serve(holdWaits, { maxConcurrentStreams: 108 });
    const transport = connect(server, { clock });
    const lost = waits(transport, 200).map(failure);
    await until('all wait', () => server.streams.length === 200);
    expect(server.sessions).toHaveLength(2);
    server.breakSockets();
    expect((await Promise.all(lost)).every(({ kind }) => kind === 'reset')).toBe(true);
    const again = waits(transport, 100);
    await settled();
    expect([server.sessions.length, transport.stats.openConnections]).toEqual([2, 0]);
    await clock.advance(150);
    await until('all wait again', () => server.streams.length === 300);
    expect(server.sessions).toHaveLength(3);
    release(server);
    await Promise.all(again);
  });

  it('loses with one session nothing of the others', async () => {
    const server = await serve(holdWaits, { maxConcurrentStreams: 20 });
    const transport = connect(server);
    const held = waits(transport, 20);
    await until('all wait', () => server.streams.length === 20);
    const lost = Promise.all(held.slice(12).map(failure));
    server.sessions[1]?.destroy();
    expect((await lost).every(({ kind }) => kind === 'reset')).toBe(true);
    expect(transport.stats).toMatchObject({ waiting: 12, openConnections: 1 });
    release(server);
    await Promise.all(held.slice(0, 12));
  });

  it('makes one connection for all that ask, and pauses longer after each that fails', async () => {
    const clock = new ManualClock();
    let attempts = 0;
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const transport = connect(
      {
        connect: () => {
          attempts += 1;
          return Promise.reject(refused);
        },
      },
      { clock },
    );
    for (const pauseMs of [0, 150, 300, 600, 600]) {
      const asked = Array.from({ length: 4 }, () => failure(get(transport, 60_000)));
      await settled();
      const before = attempts;
      if (pauseMs > 0) {
        await clock.advance(pauseMs - 1);
        expect(attempts).toBe(before);
        await clock.advance(1);
      }
      const errors = await Promise.all(asked);
      expect(errors.every(({ kind, message }) => kind === 'connect' && message.includes('nothing listens'))).toBe(true);
    }
    expect(attempts).toBe(5);
    expect(clock.pending).toBe(0);
  });

  it('does not hammer a peer that accepts each connection and ends it at once', async () => {
    const clock = new ManualClock();
    const server = await serve(() => {});
    const transport = connect(
      {
        connect: async (signal) => {
          const session = await server.connect(signal);
          session.destroy();
          return session;
        },
      },
      { clock },
    );
    expect((await failure(get(transport, 60_000))).kind).toBe('connect');
    const asked = failure(get(transport, 60_000));
    for (let turn = 0; turn < 50; turn += 1) await settled();
    expect(server.sessions).toHaveLength(1);
    await transport.close();
    expect((await asked).kind).toBe('aborted');
    expect(clock.pending).toBe(0);
  });

  it('does not hammer a peer that takes each request and ends the connection', async () => {
    const clock = new ManualClock();
    const server = await serve(() => server.breakSockets());
    const transport = connect(server, { clock });
    expect((await failure(get(transport, 60_000))).kind).toBe('reset');
    for (const pauseMs of [150, 300, 600]) {
      const before = server.sessions.length;
      const asked = failure(get(transport, 60_000));
      await settled();
      await clock.advance(pauseMs - 1);
      expect(server.sessions).toHaveLength(before);
      await clock.advance(1);
      expect((await asked).kind).toBe('reset');
      expect(server.sessions).toHaveLength(before + 1);
    }
  });

  it('says that what answers does not keep to HTTP/2', async () => {
    const peer = await mutePeer(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    closing.push(peer.close);
    const error = await failure(get(connect(peer)));
    expect(error).toMatchObject({ kind: 'connect', message: expect.stringContaining('HTTP/2') });
    await until('the socket is closed', () => peer.openSockets === 0);
  });

  it('says that a token cannot be sent, without showing it', async () => {
    const server = await serve(holdWaits);
    const error = await failure(get(connect(server, { token: () => `${SECRET}\n` })));
    expect(error).toMatchObject({ kind: 'connect', message: expect.stringContaining('token') });
    expect(server.streams).toHaveLength(0);
  });

  it('ends what is under way when it is closed, takes nothing more, and leaves nothing behind', async () => {
    const clock = new ManualClock();
    const server = await serve(holdWaits, { maxConcurrentStreams: 4 });
    const transport = connect(server, { clock, maxConnections: 2 });
    const open = waits(transport, 9).map(failure);
    await until('four wait', () => server.streams.length === 4);
    await transport.close();
    expect((await Promise.all(open)).every(({ kind }) => kind === 'aborted')).toBe(true);
    expect((await failure(get(transport))).kind).toBe('aborted');
    await until('the sockets are closed', () => server.openSockets === 0);
    expect(transport.stats).toMatchObject({ waiting: 0, queued: 0, openConnections: 0 });
    expect(clock.pending).toBe(0);
  });

  it('is not for an address without TLS', () => {
    expect(() => http2Transport({ address: 'http://127.0.0.1:8500', maxConnections: 4 })).toThrow(RangeError);
  });
});

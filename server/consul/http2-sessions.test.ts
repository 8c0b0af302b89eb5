import http2 from 'node:http2';
import { afterEach, describe, expect, it } from 'vitest';
import { failure, get, Http2Harness, holdWaits, release, wait, waits } from './testing/http2-harness';
import { ManualClock, settled } from './testing/manual-clock';
import { EMPTY_SETTINGS, mutePeer } from './testing/scripted-http2';
import { until } from './testing/until';

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = http2.constants;

describe('the sessions of HTTP/2', () => {
  const harness = new Http2Harness();
  afterEach(() => harness.close());

  it('opens another session only when the others are full, and keeps room in each for short requests', async () => {
    const server = await harness.serve(holdWaits, { maxConcurrentStreams: 20 });
    const transport = harness.connect(server, { maxConnections: 3 });
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
    const server = await harness.serve(holdWaits, { maxConcurrentStreams: 4 });
    const transport = harness.connect(server);
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
    const server = await harness.serve(holdWaits, { maxConcurrentStreams: 2 });
    const transport = harness.connect(server, { maxConnections: 1 });
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
    const server = await harness.serve(({ session, stream }) => {
      if (session === 1 && server.streams.length === 3) stream.session?.goaway(NGHTTP2_NO_ERROR, 3);
    });
    const transport = harness.connect(server);
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
    const server = await harness.serve(({ session, stream }) => {
      if (session === 1 && server.streams.length === 3) stream.session?.goaway(NGHTTP2_INTERNAL_ERROR, 3);
    });
    const transport = harness.connect(server);
    const [first, second, third] = waits(transport, 3);
    if (!first || !second || !third) throw new Error('Three waits were made.');
    const failed = await Promise.all([failure(first), failure(second)]);
    expect(failed.map(({ kind }) => kind)).toEqual(['reset', 'reset']);
    await until('the third comes again', () => server.streams.length === 4);
    release(server);
    await third;
  });

  it('obeys when the peer allows fewer streams, and uses more as soon as it allows them', async () => {
    const server = await harness.serve(holdWaits, { maxConcurrentStreams: 20 });
    const transport = harness.connect(server, { maxConnections: 1 });
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
    harness.closeLater(peer.close);
    const clock = new ManualClock();
    const transport = harness.connect(peer, { clock });
    const error = failure(wait(transport));
    await until('it is asked', () => transport.stats.openConnections === 1);
    await clock.advance(8_999);
    expect(transport.stats.openConnections).toBe(1);
    await clock.advance(1);
    expect(await error).toMatchObject({ kind: 'reset', message: expect.stringContaining('no ping') });
    await until('its socket is closed', () => peer.openSockets === 0);
    expect(transport.stats.openConnections).toBe(0);
  });

  it('pings a peer that answers without disturbing it, and closes a session that was idle for a minute', async () => {
    const clock = new ManualClock();
    const server = await harness.serve(holdWaits);
    let pings = 0;
    const transport = harness.connect(server, { clock });
    const held = wait(transport);
    await until('it waits', () => server.streams.length === 1);
    server.sessions[0]?.on('ping', () => {
      pings += 1;
    });
    for (let turn = 1; turn <= 5; turn += 1) {
      await clock.advance(5_000);
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
    const server = await harness.serve(holdWaits, { maxConcurrentStreams: 108 });
    const transport = harness.connect(server, { clock });
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
    const server = await harness.serve(holdWaits, { maxConcurrentStreams: 20 });
    const transport = harness.connect(server);
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
    const transport = harness.connect(
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
    const server = await harness.serve(() => {});
    const transport = harness.connect(
      {
        connect: async (signal) => {
          const link = await server.connect(signal);
          link.session.destroy();
          return link;
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
    const server = await harness.serve(() => server.breakSockets());
    const transport = harness.connect(server, { clock });
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
    harness.closeLater(peer.close);
    const error = await failure(get(harness.connect(peer)));
    expect(error).toMatchObject({ kind: 'connect', message: expect.stringContaining('HTTP/2') });
    await until('the socket is closed', () => peer.openSockets === 0);
  });

  it('counts a lost connection no longer, and fails what it carried, where Node forgets to say so', async () => {
    const clock = new ManualClock();
    const server = await harness.serve(holdWaits);
    const connect = async (signal: AbortSignal) => {
      const { session, socket } = await server.connect(signal);
      const request = session.request.bind(session);
      session.request = (...of) => withoutClose(request(...of));
      return { session: withoutClose(session), socket };
    };
    const transport = harness.connect({ connect }, { clock });
    const held = failure(wait(transport));
    await until('it waits', () => server.streams.length === 1);
    const timers = clock.pending;
    server.sessions[0]?.destroy();
    await until('the loss to be noticed', () => clock.pending > timers);
    await clock.advance(1_000);
    expect(await held).toMatchObject({ kind: 'reset' });
    expect(transport.stats).toMatchObject({ waiting: 0, openConnections: 0 });
  });

  it('ends what is under way when it is closed, takes nothing more, and leaves nothing behind', async () => {
    const clock = new ManualClock();
    const server = await harness.serve(holdWaits, { maxConcurrentStreams: 4 });
    const transport = harness.connect(server, { clock, maxConnections: 2 });
    const open = waits(transport, 9).map(failure);
    await until('four wait', () => server.streams.length === 4);
    await transport.close();
    expect((await Promise.all(open)).every(({ kind }) => kind === 'aborted')).toBe(true);
    expect((await failure(get(transport))).kind).toBe('aborted');
    await until('the sockets are closed', () => server.openSockets === 0);
    expect(transport.stats).toMatchObject({ waiting: 0, queued: 0, openConnections: 0 });
    expect(clock.pending).toBe(0);
  });
});

function withoutClose<Emitter extends NodeJS.EventEmitter>(emitter: Emitter): Emitter {
  const emit = emitter.emit.bind(emitter);
  emitter.emit = (event: string | symbol, ...of: unknown[]) => event !== 'close' && emit(event, ...of);
  return emitter;
}

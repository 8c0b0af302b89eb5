import { describe, expect, it } from 'vitest';
import { ConsulError } from './consul-error';
import { jsonBody } from './decode/json-body';
import { answerOf } from './testing/answer';
import { HeldTransport } from './testing/held-transport';
import { ManualClock, settled } from './testing/manual-clock';
import { Turnstile } from './turnstile';
import { watch } from './watch';
import type { WatchChange, WatchOptions } from './watch-options';

function watched(options: Partial<WatchOptions<unknown>> = {}) {
  const clock = new ManualClock();
  const transport = new HeldTransport();
  const changes: WatchChange<unknown>[] = [];
  const states: string[] = [];
  const errors: Error[] = [];
  const contacts: (number | null)[] = [];
  const subject = watch({
    transport,
    clock,
    path: '/v1/health/service/web',
    query: { dc: 'dc1' },
    decode: jsonBody,
    random: () => 0,
    onChange: (change) => changes.push(change),
    onState: (state) => states.push(state),
    onContact: (answer) => contacts.push(answer.index),
    onError: (error) => errors.push(error),
    ...options,
  });
  /** Consul answers after so long. */
  const answer = async (body: unknown, index: number | null, afterMs = 1_000, more = {}) => {
    await clock.advance(afterMs);
    await transport.answer(answerOf(body, { index, receivedAtMs: clock.now(), ...more }));
  };
  const lastQuery = () => transport.requests.at(-1)?.query;
  return { clock, transport, changes, states, errors, contacts, subject, answer, lastQuery };
}

const reset = () => new ConsulError('reset', 'The connection was closed.');

describe('a watch', () => {
  it('waits at Consul only once nobody reads for the first time, so that a wait delays no first read', async () => {
    const firstReads = new Turnstile(2);
    const leave = await firstReads.enter(new AbortController().signal);
    const { transport, answer, lastQuery } = watched({ firstReads });
    await settled();
    await answer(['a'], 10);
    expect(transport.requests).toHaveLength(1);
    leave();
    await settled();
    expect(transport.requests).toHaveLength(2);
    expect(lastQuery()).toMatchObject({ index: '10' });
  });

  it('waits at Consul all the same where the first read of another one hangs', async () => {
    const firstReads = new Turnstile(2);
    await firstReads.enter(new AbortController().signal);
    const { clock, transport, answer } = watched({ firstReads });
    await settled();
    await answer(['a'], 10);
    await clock.advance(2_999);
    expect(transport.requests).toHaveLength(1);
    await clock.advance(1);
    expect(transport.requests).toHaveLength(2);
  });

  it('reads at once and then waits for what is newer, stale, under a hard limit', async () => {
    const { transport, changes, states, subject, answer } = watched();
    expect(transport.requests[0]).toMatchObject({
      query: { dc: 'dc1', stale: '' },
      lane: 'waiting',
      timeoutMs: 15_000,
    });
    expect(subject).toMatchObject({ state: 'syncing', index: null, wakes: 0 });
    await answer(['a'], 10);
    expect(transport.requests[1]).toMatchObject({
      query: { dc: 'dc1', stale: '', index: '10', wait: '20000ms' },
      // 20,000 + a sixteenth (1,250) + 10,000.
      timeoutMs: 31_250,
      unchangedIndex: 10,
    });
    await answer(['b'], 12);
    expect(changes).toMatchObject([
      { value: ['a'], index: 10, previousIndex: null, merged: false },
      { value: ['b'], index: 12, previousIndex: 10, merged: false },
    ]);
    expect(states).toEqual(['live']);
    expect(subject).toMatchObject({ state: 'live', index: 12, wakes: 2, reason: null });
  });

  it('takes the end of a wait as a sign of life and gives nothing', async () => {
    const { changes, contacts, answer, lastQuery } = watched();
    await answer(['a'], 10);
    await answer('', 10, 20_500);
    expect(changes).toHaveLength(1);
    expect(contacts).toEqual([10, 10]);
    expect(lastQuery()).toMatchObject({ index: '10' });
  });

  it('waits for nothing and reads now and then while there is no place to wait, and waits again when there is', async () => {
    let pollMs: number | null = 10_000;
    const { clock, transport, changes, answer, subject } = watched({ pollMs: () => pollMs });
    await answer(['a'], 10);
    await clock.advance(9_999);
    expect(transport.requests).toHaveLength(1);
    await clock.advance(1);
    const { query, unchangedIndex, lane = 'short' } = transport.requests[1] ?? {};
    expect({ query, unchangedIndex, lane }).toEqual({
      ...{ query: { dc: 'dc1', stale: '' }, unchangedIndex: 10, lane: 'short' },
    });
    await answer('', 10, 5);
    expect(changes).toHaveLength(1);
    await clock.advance(10_000);
    pollMs = null;
    await answer(['b'], 12, 5);
    expect(changes[1]).toMatchObject({ value: ['b'], index: 12, merged: true });
    await clock.advance(10_000);
    expect(transport.requests[3]).toMatchObject({ query: { index: '12' }, lane: 'waiting' });
    expect(subject).toMatchObject({ state: 'live', wakes: 2 });
  });

  it('gives up its wait and reads anew when asked to, and calls that no failure', async () => {
    const { transport, changes, states, errors, subject, answer, lastQuery } = watched();
    await answer(['a'], 10);
    subject.readAgain();
    await settled();
    expect(transport.open).toHaveLength(1);
    expect(lastQuery()).not.toHaveProperty('index');
    await answer(['a', 'b'], 10);
    expect(changes[1]).toMatchObject({ value: ['a', 'b'], index: 10, merged: true });
    expect(lastQuery()).toMatchObject({ index: '10' });
    expect([states, errors]).toEqual([['live'], []]);
  });

  it('ends its pause after a refusal when it is to read anew', async () => {
    const { transport, subject, answer } = watched();
    await answer('no', null, 0, { status: 403 });
    expect(transport.open).toHaveLength(0);
    subject.readAgain();
    await settled();
    expect(transport.open).toHaveLength(1);
  });

  it('reads again from 0 when the index goes back, and gives that', async () => {
    const { changes, answer, lastQuery } = watched();
    await answer(['a'], 100);
    await answer(['perhaps old'], 40);
    expect(lastQuery()).not.toHaveProperty('index');
    await answer(['b'], 41);
    expect(changes.map(({ value, index, previousIndex, merged }) => [value, index, previousIndex, merged])).toEqual([
      [['a'], 100, null, false],
      [['b'], 41, 100, true],
    ]);
  });

  it('polls once a second where there is no index, and calls each of it merged but the first', async () => {
    const { clock, transport, changes, answer } = watched();
    await answer(['a'], 0);
    expect(transport.open).toHaveLength(0);
    await clock.advance(999);
    expect(transport.open).toHaveLength(0);
    await clock.advance(1);
    await answer(['b'], null, 0);
    expect(changes.map(({ index, merged }) => [index, merged])).toEqual([
      [0, false],
      [null, true],
    ]);
  });

  it('backs off after failures, starts from 0, and marks what it reads then as merged', async () => {
    const { clock, transport, changes, states, errors, subject, answer, lastQuery } = watched();
    await answer(['a'], 10);
    await transport.fail(reset());
    expect(subject).toMatchObject({ state: 'stale', reason: 'The connection was closed.' });
    await clock.advance(99);
    expect(transport.open).toHaveLength(0);
    await clock.advance(1);
    await transport.fail(reset());
    await clock.advance(200);
    expect(lastQuery()).not.toHaveProperty('index');
    await answer(['b'], 10);
    expect(changes.at(-1)).toMatchObject({ value: ['b'], merged: true });
    expect(states).toEqual(['live', 'stale', 'live']);
    expect(errors).toHaveLength(2);
  });

  it('is down when nothing answered for 15 s, though the next attempt is far off', async () => {
    const { clock, transport, states, subject, answer } = watched({ random: () => 1 });
    await answer(['a'], 10);
    const answeredAt = clock.now();
    while (clock.now() - answeredAt < 14_000) {
      if (transport.open.length > 0) await transport.fail(reset());
      await clock.advance(500);
    }
    expect(subject.state).toBe('stale');
    await clock.advance(1_000);
    expect(states).toEqual(['live', 'stale', 'down']);
    expect(subject.sinceMs).toBe(answeredAt + 15_000);
  });

  it('is denied by 403, tries slowly, and at once when told that the token changed', async () => {
    const { clock, transport, changes, states, subject, answer } = watched();
    await answer('ACL not found', null, 0, { status: 403 });
    expect(subject.state).toBe('denied');
    expect(subject.reason).toContain('"ACL not found"');
    await clock.advance(13_000);
    expect(transport.open).toHaveLength(0);
    subject.retryNow();
    await answer(['a'], 3);
    expect(states).toEqual(['denied', 'live']);
    expect(changes).toMatchObject([{ merged: false }]);
    expect(clock.pending).toBe(0);
  });

  it('gives a 404 to a caller that takes it, and counts it as a failure else', async () => {
    const kv = watched({ acceptStatuses: [200, 404], decode: ({ status }) => status });
    await kv.answer('', 5, 0, { status: 404 });
    expect(kv.changes).toMatchObject([{ value: 404, index: 5 }]);
    const other = watched();
    await other.answer('', 5, 0, { status: 404 });
    expect(other.errors).toMatchObject([{ kind: 'status', status: 404 }]);
  });

  it('does not take an HTML page for a sign of life', async () => {
    const { contacts, changes, errors, states, answer } = watched();
    await answer('<html>502</html>', null);
    expect([contacts, changes]).toEqual([[], []]);
    expect(errors).toMatchObject([{ kind: 'not-json' }]);
    expect(states).toEqual(['down']);
  });

  it('gives a change again whose handler threw, and those after it', async () => {
    const seen: unknown[] = [];
    let broken = true;
    const { clock, errors, subject, answer } = watched({
      onChange: ({ value }) => {
        if (broken) throw new Error('a bug');
        seen.push(value);
      },
    });
    await answer(['a'], 10);
    expect(errors.map((error) => error.message)).toEqual(['a bug']);
    expect(subject).toMatchObject({ state: 'down', index: null });
    broken = false;
    await clock.advance(100);
    await answer(['a'], 10);
    await answer(['b'], 11);
    expect(seen).toEqual([['a'], ['b']]);
  });

  it('goes on when the listener of its state throws', async () => {
    const { errors, changes, answer } = watched({
      onState: () => {
        throw new Error('a bug');
      },
    });
    await answer(['a'], 10);
    await answer(['b'], 11);
    expect(changes).toHaveLength(2);
    expect(errors.map((error) => error.message)).toEqual(['a bug']);
  });

  it('lets a burst through at once and then slows churn down, and says that it may hide some', async () => {
    const { clock, transport, changes, answer } = watched({ burst: 3, refillMs: 100 });
    // Three reads are free; the fourth waits for its token.
    for (let index = 1; index <= 3; index++) await answer([index], index, 0);
    expect(changes.map((change) => change.merged)).toEqual([false, false, false]);
    expect(transport.open).toHaveLength(0);
    await clock.advance(99);
    expect(transport.open).toHaveLength(0);
    await clock.advance(1);
    await answer([4], 4, 0);
    expect(changes.at(-1)).toMatchObject({ value: [4], merged: true });
  });

  it('stops at once: in a wait, in a pause, by its signal, and in its own handler', async () => {
    const waiting = watched();
    await waiting.answer(['a'], 1);
    waiting.subject.stop();
    await waiting.clock.advance(60_000);
    expect(waiting.transport.open).toHaveLength(0);
    expect(waiting.transport.requests).toHaveLength(2);
    expect([waiting.errors, waiting.states]).toEqual([[], ['live']]);

    const pausing = watched();
    await pausing.transport.fail(reset());
    expect(pausing.clock.pending).toBe(1);
    pausing.subject.stop();
    expect(pausing.clock.pending).toBe(0);

    const end = new AbortController();
    const signalled = watched({ signal: end.signal });
    end.abort();
    expect(signalled.transport.open).toHaveLength(0);
    expect(watched({ signal: end.signal }).transport.requests).toHaveLength(0);

    const inHandler = watched({ onChange: () => inHandler.subject.stop() });
    await inHandler.answer(['a'], 1);
    expect(inHandler.transport.requests).toHaveLength(1);
    expect(inHandler.states).toEqual([]);
  });

  it('refuses a wait over 45 s', () => {
    expect(() => watched({ waitMs: 45_001 })).toThrow(RangeError);
  });
});

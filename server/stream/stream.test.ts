import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change, ChangeEvent, Topic, TopicBody } from '@/lib/stream/protocol';
import { Backlog } from './backlog';
import type { Sink } from './client';
import { StreamHub } from './hub';
import { Journal } from './journal';
import { inSequence, StreamEvent } from './stream-event';

const AT = '2026-01-01T00:00:00.000Z';
const EPOCH = 1_767_225_600_000;

/** A peer that takes what it is sent, or nothing while `blocked`. */
class TestSink implements Sink {
  readonly frames: string[] = [];
  writableLength = 0;
  blocked = false;
  ended = false;
  destroyed = false;

  write(bytes: Buffer): void {
    this.frames.push(bytes.toString());
    if (this.blocked) this.writableLength += bytes.length;
  }

  end(): void {
    this.ended = true;
  }

  destroy(): void {
    this.destroyed = true;
  }

  /** Event names and data, heartbeats left out. */
  events(): { id: string | null; event: string; data: ChangeEvent & { data?: unknown } }[] {
    return this.frames
      .join('')
      .split('\n\n')
      .filter((frame) => frame !== '' && !frame.includes('event: heartbeat'))
      .map((frame) => ({
        id: /^id: (.*)$/m.exec(frame)?.[1] ?? null,
        event: /^event: (.*)$/m.exec(frame)?.[1] ?? '',
        data: JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? 'null'),
      }));
  }
}

/** To the end of the running frame: what was said is sent. */
const frame = () => vi.advanceTimersByTimeAsync(50);

const hubs: StreamHub[] = [];
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const hub of hubs.splice(0)) hub.close(() => 0);
  vi.useRealTimers();
});

function setUp(bounds = { maxUnsentBytes: 1_000, maxWaitingKeys: 5, maxStalledMs: 30_000 }, maxEntries = 100) {
  const journal = new Journal(EPOCH, () => AT, maxEntries);
  const body = (topic: Topic) =>
    topic === 'service:dc1/gone' ? undefined : ({ epoch: EPOCH, seq: journal.seq, at: AT } as unknown as TopicBody);
  const consul = { address: '', reachable: true, since: AT, reason: null };
  const sources = { bodyOf: body, heartbeat: () => ({ freshness: [], consul }), nowMs: () => EPOCH, nowIso: () => AT };
  const hub = new StreamHub(journal, sources, () => {}, bounds);
  hubs.push(hub);
  const say = (topic: Topic, key: string, value: unknown = {}, from: Change['from'] = 'passing') =>
    journal.publish(topic, { observedAt: AT, index: 1, changes: [{ key, op: 'put', value, from, merged: false }] });
  const open = (sink: TestSink, ...topics: [Topic, string?][]) =>
    hub.connect(
      topics.map(([topic, seq]) => ({ topic, position: seq ? { epoch: EPOCH, seq: Number(seq) } : null })),
      sink,
    );
  return { journal, hub, say, open };
}

test('a new client gets a snapshot a topic, and only the last of them carries an id', () => {
  const { open, say } = setUp();
  say('fleet', 'dc1');
  const sink = new TestSink();
  open(sink, ['fleet'], ['nodes']);
  expect(sink.events().map(({ id, event, data }) => [id, event, data.topic])).toEqual([
    [null, 'snapshot', 'fleet'],
    [`${EPOCH}:1`, 'snapshot', 'nodes'],
  ]);
});

test('a client is sent the topics it follows and no others', async () => {
  const { open, say } = setUp();
  const sink = new TestSink();
  open(sink, ['service:dc1/web']);
  say('service:dc1/web', 'dc1/n/a');
  say('service:dc1/api', 'dc1/n/b');
  say('fleet', 'dc1/web');
  await frame();
  expect(sink.events().map(({ data }) => data.seq)).toEqual([0, 1]);
});

test('what is still held is sent on without a gap and without a snapshot', () => {
  const { open, say } = setUp();
  for (const key of ['a', 'b', 'c']) say('fleet', key);
  say('nodes', 'n');
  const sink = new TestSink();
  open(sink, ['fleet', '1'], ['nodes', '1']);
  expect(sink.events().map(({ id, event, data }) => [id, event, data.topic, data.seq])).toEqual([
    [`${EPOCH}:2`, 'change', 'fleet', 2],
    [`${EPOCH}:3`, 'change', 'fleet', 3],
    [`${EPOCH}:4`, 'change', 'nodes', 4],
  ]);
});

test('while a snapshot of another topic is still to come, what is resumed carries no id', () => {
  const { open, say } = setUp();
  say('fleet', 'a');
  say('fleet', 'b');
  const sink = new TestSink();
  open(sink, ['fleet', '1'], ['nodes']);
  expect(sink.events().map(({ id, event }) => [id, event])).toEqual([
    [null, 'change'],
    [`${EPOCH}:2`, 'snapshot'],
  ]);
});

test.each([
  ['another epoch', { epoch: EPOCH - 1, seq: 1 }],
  ['a seq that was never given out', { epoch: EPOCH, seq: 999 }],
  ['a seq that is held no longer', { epoch: EPOCH, seq: 1 }],
])('%s is answered with a snapshot', (_, position) => {
  const { hub, say } = setUp(undefined, 2);
  for (let n = 0; n < 9; n += 1) say('fleet', `k${n}`);
  const sink = new TestSink();
  hub.connect([{ topic: 'fleet', position }], sink);
  expect(sink.events().map(({ event }) => event)).toEqual(['snapshot']);
});

test('a service that is not there is said to be absent, and the stream brings it when it comes', async () => {
  const { open, say } = setUp();
  const sink = new TestSink();
  open(sink, ['service:dc1/gone']);
  say('service:dc1/gone', 'dc1/gone', { status: 'passing' }, null);
  await frame();
  expect(sink.events().map(({ event, data }) => [event, data.changes[0]?.op, data.changes[0]?.key])).toEqual([
    ['change', 'remove', 'dc1/gone'],
    ['change', 'put', 'dc1/gone'],
  ]);
});

test('a slow client gets the newest state per key once it reads again, with the status that it last saw', async () => {
  const { open, say } = setUp();
  const sink = new TestSink();
  const client = open(sink, ['fleet']);
  sink.blocked = true;
  say('fleet', 'dc1/web', { filler: 'x'.repeat(2_000), status: 'warning' }, 'passing');
  await frame();
  say('fleet', 'dc1/web', { status: 'critical' }, 'warning');
  await frame();
  say('fleet', 'dc1/web', { status: 'passing' }, 'critical');
  say('fleet', 'dc1/api', { status: 'critical' }, 'passing');
  await frame();
  expect(sink.events()).toHaveLength(2);
  sink.blocked = false;
  sink.writableLength = 0;
  client.drained();
  const last = sink.events().at(-1);
  expect(last).toMatchObject({ id: `${EPOCH}:4`, data: { seq: 4 } });
  expect(last?.data.changes).toMatchObject([
    { key: 'dc1/web', value: { status: 'passing' }, from: 'warning', merged: true },
    { key: 'dc1/api', value: { status: 'critical' }, from: 'passing', merged: false },
  ]);
});

test('a client whose backlog is past its bound is told goodbye and forgotten', async () => {
  const { open, say, hub } = setUp();
  const sink = new TestSink();
  open(sink, ['fleet']);
  sink.writableLength = 5_000;
  for (let n = 0; n < 6; n += 1) say('fleet', `dc1/s${n}`);
  await frame();
  expect(sink.events().at(-1)?.event).toBe('bye');
  expect([sink.ended, hub.clients]).toEqual([true, 0]);
});

test('closing says bye to everyone, with a time to come back', () => {
  const { open, hub } = setUp();
  const sink = new TestSink();
  open(sink, ['fleet']);
  hub.close(() => 0.5);
  expect(sink.events().at(-1)).toMatchObject({ event: 'bye', data: { retryMs: 1_250 } });
});

test('an event, and a snapshot, is encoded once for all its readers', async () => {
  const { open, say } = setUp();
  const sinks = [new TestSink(), new TestSink()];
  const written = sinks.map((sink) => vi.spyOn(sink, 'write'));
  for (const sink of sinks) open(sink, ['fleet']);
  say('fleet', 'dc1/web');
  await frame();
  const [one, other] = written.map(({ mock }) => mock.calls.map(([bytes]) => bytes));
  expect(one).toHaveLength(3);
  expect(one?.[0]).toBe(other?.[0]);
  expect(one?.[2]).toBe(other?.[2]);
});

test('after a quiet time a change goes out at the end of its turn, with all else of that turn', async () => {
  const { open, say } = setUp();
  const sink = new TestSink();
  open(sink, ['fleet'], ['service:dc1/web']);
  say('service:dc1/web', 'dc1/n/a');
  say('fleet', 'dc1/web');
  await Promise.resolve();
  expect(
    sink
      .events()
      .map(({ id, data }) => [id, data.topic, data.seq])
      .slice(2),
  ).toEqual([
    [`${EPOCH}:1`, 'service:dc1/web', 1],
    [`${EPOCH}:2`, 'fleet', 2],
  ]);
});

test('what follows within 50 ms is one frame, the newest state per key', async () => {
  const { open, say } = setUp();
  const sink = new TestSink();
  open(sink, ['fleet']);
  say('fleet', 'dc1/web', { status: 'warning' }, 'passing');
  await vi.advanceTimersByTimeAsync(10);
  for (const status of ['critical', 'warning', 'critical']) say('fleet', 'dc1/web', { status }, 'warning');
  await vi.advanceTimersByTimeAsync(39);
  expect(sink.events()).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(sink.events()).toHaveLength(3);
  expect(sink.events()[2]?.data).toMatchObject({ seq: 4, changes: [{ value: { status: 'critical' }, merged: true }] });
});

test('an event that goes out before an older one of another topic has an id from which that one is not missed', () => {
  const event = (topic: Topic, seq: number, firstSeq: number) =>
    new StreamEvent({ topic, seq, at: AT, observedAt: AT, index: 1, changes: [] }, EPOCH, firstSeq);
  const frames = inSequence([event('nodes', 5, 5), event('fleet', 8, 6), event('service:dc1/a', 9, 7)]);
  expect(frames.map((bytes) => /^id: .*:(\d+)$/m.exec(bytes.toString())?.[1] ?? null)).toEqual(['5', '6', '9']);
});

test('a client that opened in the middle of a frame is not sent again what its snapshot held', async () => {
  const { open, say } = setUp();
  say('fleet', 'dc1/a');
  await Promise.resolve();
  say('fleet', 'dc1/b');
  const sink = new TestSink();
  open(sink, ['fleet']);
  await frame();
  expect(sink.events().map(({ event }) => event)).toEqual(['snapshot']);
});

test('a backlog ends where the single events end, and grows with keys alone', () => {
  const change = fc.record({
    key: fc.constantFrom('dc1', 'dc1/a', 'dc1/b', 'dc2/c'),
    op: fc.constantFrom('put' as const, 'remove' as const),
    value: fc.nat(),
    from: fc.constantFrom('passing' as const, null),
    merged: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('fleet' as const, 'nodes' as const), change)), (said) => {
      const backlog = new Backlog(EPOCH);
      const newest = new Map<string, unknown>();
      said.forEach(([topic, one], at) => {
        const event = { topic, seq: at + 1, at: AT, observedAt: AT, index: 1, changes: [one] };
        backlog.add(new StreamEvent(event, EPOCH));
        newest.set(`${topic} ${one.key}`, [one.op, one.value]);
      });
      expect(backlog.size).toBe(newest.size);
      const events = backlog.take().map((event) => event.change);
      expect(events.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq).sort((a, b) => a - b));
      const taken = events.flatMap(({ topic, changes }) =>
        changes.map((c) => [`${topic} ${c.key}`, [c.op, c.value]] as const),
      );
      expect(new Map(taken)).toEqual(newest);
      expect(backlog.size).toBe(0);
    }),
  );
});

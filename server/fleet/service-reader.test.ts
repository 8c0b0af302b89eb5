import { expect, test } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { ServiceReader } from './service-reader';
import type { WatchContext } from './watch-context';

function reading(isFirst = false) {
  const transport = new HeldTransport();
  const clock = new ManualClock();
  const answered: string[] = [];
  const failed: string[] = [];
  const known = new Map<string, number>();
  const random = () => 1;
  const told = { contacted: () => {}, failed: () => {} };
  const context = { dc: 'dc1', transport, clock, random, ...told } as unknown as WatchContext;
  const reader = new ServiceReader(
    context,
    ({ name }) => answered.push(name),
    (name) => failed.push(name),
    (name) => known.get(name) ?? null,
    () => isFirst,
  );
  const asked = () => transport.requests.map(({ path }) => path.slice('/v1/health/service/'.length));
  const ofAnyServer = () => transport.requests.map(({ query }) => query?.stale === '');
  return { transport, clock, known, reader, answered, failed, asked, ofAnyServer };
}

test('a service is read by one request at a time: a second answer could be older than the first, and come later', async () => {
  const { transport, reader, answered, asked } = reading();
  reader.hurry(['web']);
  reader.hurry(['web']);
  reader.sweep(['web']);
  expect(asked()).toEqual(['web']);
  // What was asked for meanwhile may be newer than the answer under way, so it is read once more.
  await transport.answer(answerOf([]));
  expect(asked()).toEqual(['web', 'web']);
  await transport.answer(answerOf([]));
  expect(asked()).toEqual(['web', 'web']);
  expect(answered).toEqual(['web', 'web']);
});

test('until everything was read once more is read at a time than by a sweep at rest', () => {
  const names = Array.from({ length: 30 }, (_, at) => `s${at}`);
  const asked = [true, false].map((isFirst) => {
    const { reader, transport } = reading(isFirst);
    reader.sweep(names);
    return transport.requests.length;
  });
  expect(asked).toEqual([15, 3]);
});

test('a service that waits for its own answer does not hold up the others', () => {
  const { reader, asked } = reading();
  reader.hurry(['web']);
  reader.hurry(['web', 'api']);
  expect(asked()).toEqual(['web', 'api']);
});

test('what is urgent is read before a sweep, which leaves it a place of the four', async () => {
  const { transport, reader, asked } = reading();
  reader.sweep(['a', 'b', 'c', 'd', 'e', 'f']);
  reader.hurry(['f', 'x', 'y']);
  expect(asked()).toEqual(['a', 'b', 'c', 'f']);
  await transport.answer(answerOf([]));
  await transport.answer(answerOf([]));
  expect(asked()).toEqual(['a', 'b', 'c', 'f', 'x', 'y']);
});

test('what is urgent is asked of the leader, a sweep of any server', () => {
  const { reader, ofAnyServer } = reading();
  reader.hurry(['web']);
  reader.sweep(['api']);
  expect(ofAnyServer()).toEqual([false, true]);
});

test('a read that fails is told by its name, and made again ever more slowly, of any server, until it succeeds', async () => {
  const { transport, clock, reader, answered, failed, asked, ofAnyServer } = reading();
  reader.hurry(['web']);
  await transport.fail(new Error('no'));
  await clock.advance(200);
  await transport.fail(new Error('no'));
  await clock.advance(399);
  expect(asked()).toEqual(['web', 'web']);
  await clock.advance(1);
  await transport.answer(answerOf([]));
  expect([asked(), failed, answered]).toEqual([['web', 'web', 'web'], ['web', 'web'], ['web']]);
  expect(ofAnyServer()).toEqual([false, true, true]);
  expect(clock.pending).toBe(0);
});

test('a failed read does not hold up the next; no pause is sat out once Consul answers again', async () => {
  const { transport, reader, asked } = reading();
  reader.sweep(['a', 'b', 'c', 'd']);
  await transport.fail(new Error('no'));
  expect(asked()).toEqual(['a', 'b', 'c', 'd']);
  await transport.answer(answerOf([]));
  reader.retryNow();
  expect(asked()).toEqual(['a', 'b', 'c', 'd', 'a']);
});

test('after its stop nothing is asked and nothing is told', async () => {
  const { clock, reader, answered, failed, asked } = reading();
  reader.sweep(['a', 'b', 'c', 'd', 'e']);
  reader.again('g', 1_000);
  reader.stop();
  reader.hurry(['f']);
  reader.again('h', 1_000);
  await clock.advance(2_000);
  expect(asked()).toEqual(['a', 'b', 'c']);
  expect([answered, failed, clock.pending]).toEqual([[], [], 0]);
});

test('a sweep does not take apart what it finds unchanged; what is urgent is taken in any case', async () => {
  const { transport, known, reader, answered } = reading();
  known.set('web', 7);
  reader.sweep(['web']);
  expect(transport.requests[0]?.unchangedIndex).toBe(7);
  await transport.answer(answerOf('', { index: 7 }));
  expect(answered).toEqual([]);
  reader.sweep(['web']);
  await transport.answer(answerOf([], { index: 8 }));
  expect(answered).toEqual(['web']);
  reader.hurry(['web']);
  expect(transport.requests[2]?.unchangedIndex).toBeUndefined();
  await transport.answer(answerOf([], { index: 7 }));
  expect(answered).toEqual(['web', 'web']);
});

test('a sweep that fails is patient', async () => {
  const { transport, clock, reader, asked } = reading();
  reader.sweep(['web']);
  await transport.fail(new Error('no'));
  // Four times the 200 ms of an urgent read.
  await clock.advance(799);
  expect(asked()).toEqual(['web']);
  await clock.advance(1);
  expect(asked()).toEqual(['web', 'web']);
  await transport.fail(new Error('no'));
  await clock.advance(1_599);
  expect(asked()).toEqual(['web', 'web']);
  await clock.advance(1);
  expect(asked()).toEqual(['web', 'web', 'web']);
});

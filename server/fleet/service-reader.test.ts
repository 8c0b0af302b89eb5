import { expect, test } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ServiceReader } from './service-reader';
import type { WatchContext } from './watch-context';

function reading() {
  const transport = new HeldTransport();
  const answered: string[] = [];
  const failed: string[] = [];
  const context = { dc: 'dc1', transport, contacted: () => {}, failed: () => {} } as unknown as WatchContext;
  const reader = new ServiceReader(
    context,
    ({ name }) => answered.push(name),
    (name) => failed.push(name),
  );
  const asked = () => transport.requests.map(({ path }) => path.slice('/v1/health/service/'.length));
  return { transport, reader, answered, failed, asked };
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
  expect(reader.idle).toBe(true);
});

test('a service that waits for its own answer does not hold up the others', () => {
  const { reader, asked } = reading();
  reader.hurry(['web']);
  reader.hurry(['web', 'api']);
  expect(asked()).toEqual(['web', 'api']);
});

test('what is urgent is read before a sweep, four at a time', async () => {
  const { transport, reader, asked } = reading();
  reader.sweep(['a', 'b', 'c', 'd', 'e', 'f']);
  reader.hurry(['f', 'x']);
  await transport.answer(answerOf([]));
  await transport.answer(answerOf([]));
  expect(asked()).toEqual(['a', 'b', 'c', 'd', 'f', 'x']);
});

test('a failed read is told by its name, and the next one goes on', async () => {
  const { transport, reader, failed, asked } = reading();
  reader.sweep(['a', 'b', 'c', 'd', 'e']);
  await transport.fail(new Error('no'));
  expect(failed).toEqual(['a']);
  expect(asked()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('after its stop nothing is asked and nothing is told', async () => {
  const { reader, answered, failed, asked } = reading();
  reader.sweep(['a', 'b', 'c', 'd', 'e']);
  reader.stop();
  reader.hurry(['f']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked()).toEqual(['a', 'b', 'c', 'd']);
  expect([answered, failed]).toEqual([[], []]);
});

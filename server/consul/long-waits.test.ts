import { expect, test } from 'vitest';
import { ConsulError } from './consul-error';
import { LongWaits } from './long-waits';
import { answerOf } from './testing/answer';
import { HeldTransport } from './testing/held-transport';
import { ManualClock, settled } from './testing/manual-clock';

const HOUR_MS = 3_600_000;
const cutOff = () => new ConsulError('reset', 'The connection was closed.');

async function trying() {
  const clock = new ManualClock();
  const transport = new HeldTransport();
  let changes = 0;
  const waits: LongWaits = new LongWaits({
    ...{ transport, clock },
    question: () => ({ path: '/v1/health/service/web', query: { dc: 'dc1' } }),
    onChange: () => {
      changes += 1;
    },
  });
  waits.start();
  await settled();
  /** Its index is told, and it waits. */
  const told = (index = 7) => transport.answer(answerOf([], { index }));
  const waited = async (ms: number, index = 7) => {
    await clock.advance(ms);
    await transport.answer(answerOf([], { index }));
  };
  return { clock, transport, waits, told, waited, changes: () => changes };
}

test('waits are short until one stood for as long as a long one, and that one is asked for what comes after what is known', async () => {
  const { transport, waits, told, waited, changes } = await trying();
  await told(41);
  expect(transport.requests.at(-1)?.query).toMatchObject({ dc: 'dc1', index: '41', wait: '45000ms' });
  expect([waits.waitMs, waits.waits, changes()]).toEqual([25_000, 1, 0]);
  await waited(45_100, 41);
  expect([waits.waitMs, waits.waits, changes()]).toEqual([45_000, 0, 1]);
});

test('news before that proves nothing: it is tried again', async () => {
  const { clock, transport, waits, told, waited } = await trying();
  await told(1);
  await waited(30_000, 2);
  expect(waits.waitMs).toBe(25_000);
  await clock.advance(1_000);
  await told(2);
  await waited(46_000, 2);
  expect(waits.waitMs).toBe(45_000);
  expect(transport.requests).toHaveLength(4);
});

test.each([
  ['the connection is cut', (transport: HeldTransport) => transport.fail(cutOff())],
  ['a proxy answers for it', (transport: HeldTransport) => transport.answer(answerOf([], { status: 504 }))],
])('where %s after 30 s it is let be for an hour', async (_, end) => {
  const { clock, transport, waits, told, changes } = await trying();
  await told();
  await clock.advance(30_000);
  await end(transport);
  await clock.advance(HOUR_MS - 1_000);
  expect(transport.requests).toHaveLength(2);
  expect([waits.waitMs, changes()]).toEqual([25_000, 0]);
  await clock.advance(2_000);
  expect(transport.requests).toHaveLength(3);
});

test('a Consul that does not answer at all is asked again in a minute', async () => {
  const { clock, transport } = await trying();
  await transport.fail(cutOff());
  await clock.advance(61_000);
  expect(transport.requests).toHaveLength(2);
});

test('a long wait that fails makes all of them short, at once and once, and it is tried anew', async () => {
  const { transport, waits, told, waited, changes } = await trying();
  await told();
  await waited(45_000);
  waits.failed(20_000);
  expect(waits.waitMs).toBe(45_000);
  waits.failed(30_000);
  waits.failed(30_000);
  expect([waits.waitMs, changes()]).toEqual([25_000, 2]);
  expect(transport.open).toHaveLength(1);
  await told();
  await waited(45_000);
  expect([waits.waitMs, changes()]).toEqual([45_000, 3]);
});

test('nothing is asked once it is stopped', async () => {
  const { clock, transport, waits, told } = await trying();
  await told();
  waits.stop();
  waits.failed(30_000);
  await clock.advance(2 * HOUR_MS);
  expect([transport.requests.length, transport.open.length]).toEqual([2, 0]);
});

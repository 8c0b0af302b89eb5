import { expect, test } from 'vitest';
import { applyToService } from '@/lib/history/apply-transition';
import type { ServiceState } from '@/lib/history/service-transitions';
import { lictorSubject, serviceSubject } from '@/lib/history/subjects';
import type { Transition } from '@/lib/history/transition';
import { RecordError } from '@/server/history/record-store';
import { observed, RecordedFleet, type Replica } from '@/server/history/testing/recorded-fleet';

const A_WHILE_MS = 3_000;

async function writing(fleet: RecordedFleet, replica = fleet.replica('a')): Promise<Replica> {
  replica.leads = true;
  replica.recorder.start();
  replica.sync({ web: [observed('web')], api: [observed('api')] }, 10);
  await fleet.clock.advance(A_WHILE_MS);
  return replica;
}

test('what is there at the first look is registered at some moment before, and what comes then is watched', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  const first = fleet.book.transitions.filter(({ subject }) => subject.service !== null);
  expect(first.map(({ kind, unwatchedFromMs }) => [kind, unwatchedFromMs])).toEqual(Array(4).fill(['registered', 0]));
  expect(fleet.book.gaps).toEqual([]);

  a.see('web', [observed('web', 'critical')], 11);
  const seenAtMs = fleet.clock.now();
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.words.slice(-3)).toEqual([
    'dc1/n1/web check http passing critical',
    'dc1/n1/web status passing critical',
    'dc1/web status passing critical',
  ]);
  expect(fleet.book.transitions.at(-1)).toMatchObject({ index: 11, observedAtMs: seenAtMs, unwatchedFromMs: null });
});

test('after an end that nobody announced there is a gap, and what is other than before changed within it', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  a.leads = false;
  const aliveMs = fleet.book.aliveMs ?? 0;
  await fleet.clock.advance(60_000);

  const b = fleet.replica('a');
  b.leads = true;
  b.recorder.start();
  await fleet.clock.advance(1_000);
  b.sync({ web: [observed('web', 'critical')], db: [observed('db')] }, 20);
  await fleet.clock.advance(A_WHILE_MS);
  const changed = fleet.book.transitions.filter(({ index }) => index === 20);
  expect(changed.map(({ subject, kind }) => `${subject.key} ${kind}`)).toEqual([
    'dc1/n1/web check',
    'dc1/n1/web status',
    'dc1/web status',
    'dc1/db registered',
    'dc1/n1/db registered',
  ]);
  const gone = fleet.book.transitions.filter(({ kind }) => kind === 'deregistered');
  expect(gone.map(({ subject }) => subject.key)).toEqual(['dc1/n1/api', 'dc1/api']);
  expect([...changed, ...gone].map(({ unwatchedFromMs }) => unwatchedFromMs)).toEqual(Array(7).fill(aliveMs));
  expect(fleet.book.gaps).toEqual([
    { dc: 'dc1', fromMs: aliveMs, toMs: expect.any(Number), reason: expect.stringContaining('Nobody watched') },
  ]);
});

test('what has come from Consul and is not taken in yet is never claimed to be in the record', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  const cameAtMs = fleet.clock.now();
  a.oldestUnreadMs = cameAtMs;
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.book.aliveMs).toBeLessThan(cameAtMs);
  a.oldestUnreadMs = null;
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.book.aliveMs).toBeGreaterThan(cameAtMs);
});

test('while a datacenter is not live there is a gap since its last proof of life, until it is read anew', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  const lostAtMs = fleet.clock.now();
  a.freshness('stale', 5_000);
  a.notLive = 3;
  await fleet.clock.advance(20_000);
  a.freshness('live');
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.book.gaps.at(-1)?.toMs).toBeNull();
  a.see('web', [observed('web', 'critical')], 12, { afterGap: true });
  a.notLive = 0;
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.book.gaps).toEqual([
    { dc: 'dc1', fromMs: lostAtMs - 5_000, toMs: expect.any(Number), reason: 'It is stale.' },
  ]);
  expect(fleet.book.transitions.at(-1)?.unwatchedFromMs).toBe(lostAtMs - 5_000);
  // What was not seen again since may have changed in the gap, but only at the first look.
  a.see('api', [observed('api', 'critical')], 13, { afterGap: true });
  a.see('api', [observed('api')], 14, { afterGap: true });
  await fleet.clock.advance(A_WHILE_MS);
  const [wasUnwatched, watched] = fleet.book.transitions.filter(
    ({ subject, kind }) => subject.key === 'dc1/api' && kind === 'status',
  );
  expect([wasUnwatched?.unwatchedFromMs, watched?.unwatchedFromMs]).toEqual([lostAtMs - 5_000, null]);
});

test('what was held back on its way is no news of after the gap: it is taken in before that ends', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  const lostAtMs = fleet.clock.now();
  a.freshness('stale', 5_000);
  await fleet.clock.advance(10_000);
  a.freshness('live');
  await fleet.clock.advance(500);
  a.oldestUnreadMs = fleet.clock.now();
  await fleet.clock.advance(A_WHILE_MS);
  // Its wait stood through the gap without a failure.
  a.see('web', [observed('web', 'critical')], 12);
  a.oldestUnreadMs = null;
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.book.transitions.at(-1)).toMatchObject({ to: 'critical', unwatchedFromMs: lostAtMs - 5_000 });
  expect(fleet.book.gaps.at(-1)?.toMs).not.toBeNull();
});

test('a leader that fails leaves neither hole nor double: the next one writes what it held', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  const b = fleet.replica('b');
  b.recorder.start();
  b.sync({ web: [observed('web')], api: [observed('api')] }, 10);
  await fleet.clock.advance(A_WHILE_MS);
  const both = (name: string, status: 'passing' | 'critical', index: number) => {
    for (const replica of [a, b]) replica.see(name, [observed(name, status)], index);
  };
  both('web', 'critical', 11);
  await fleet.clock.advance(A_WHILE_MS);
  a.writer.failure = new RecordError('unreachable', 'It is cut off.');
  both('web', 'passing', 12);
  both('web', 'critical', 13);
  both('api', 'critical', 14);
  await fleet.clock.advance(15_000);
  both('api', 'passing', 15);
  a.leads = false;
  a.holder = 'b';
  b.leads = true;
  await fleet.clock.advance(A_WHILE_MS);
  const told = (key: string) =>
    fleet.book.transitions
      .filter(({ subject, kind }) => subject.key === key && kind === 'status')
      .map(({ to, index, unwatchedFromMs }) => [to, index, unwatchedFromMs]);
  expect(told('dc1/web')).toEqual([
    ['critical', 11, null],
    ['passing', 12, null],
    ['critical', 13, null],
  ]);
  expect(told('dc1/api')).toEqual([
    ['critical', 14, null],
    ['passing', 15, null],
  ]);
  expect(fleet.book.gaps).toEqual([]);
});

test('what the last leader wrote and its follower is only about to see is not taken back', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  const b = fleet.replica('b');
  b.recorder.start();
  b.sync({ web: [observed('web')], api: [observed('api')] }, 10);
  await fleet.clock.advance(A_WHILE_MS);
  b.see('web', [observed('web', 'critical')], 11);
  a.see('web', [observed('web', 'critical')], 11);
  a.see('web', [observed('web', 'passing')], 12);
  await fleet.clock.advance(500);
  a.leads = false;
  b.leads = true;
  await fleet.clock.advance(500);
  b.see('web', [observed('web', 'passing')], 12);
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.words.filter((line) => line.startsWith('dc1/web status'))).toHaveLength(2);
});

test('while the store cannot be written everything waits, and is written in order when it can', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  const before = fleet.words.length;
  a.writer.failure = new RecordError('unreachable', 'PostgreSQL is away.');
  for (let index = 11; index < 31; index += 1) {
    a.see('web', [observed('web', index % 2 ? 'critical' : 'passing')], index);
    await fleet.clock.advance(5_000);
  }
  expect(a.recorder.status).toMatchObject({ state: 'down', queued: 60, dropped: 0 });
  expect(fleet.words).toHaveLength(before);
  a.writer.failure = null;
  await fleet.clock.advance(20_000);
  expect(a.recorder.status).toMatchObject({ state: 'writing', queued: 0 });
  const statuses = fleet.book.transitions.filter(
    ({ subject, kind }) => subject.kind === 'service' && kind === 'status',
  );
  expect(statuses.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, at) => 11 + at));
  expect(fleet.book.gaps).toEqual([]);
});

test('a store that gives the pen and takes no batch is asked ever more slowly, and its trouble is told once', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  const full = new RecordError('disk-full', 'The disk is full.');
  let tries = 0;
  a.writer.append = async () => {
    tries += 1;
    throw full;
  };
  a.see('web', [observed('web', 'critical')], 11);
  await fleet.clock.advance(60_000);
  expect(tries).toBeLessThan(20);
  expect(a.recorder.status.state).toBe('down');
  expect(a.recorder.trouble).toBe(full.message);
  expect(a.recorder.notices.map(({ text }) => text)).toEqual([full.message]);
});

test('who leads no more, while nobody does, goes on later where it stopped', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  a.leads = false;
  a.see('web', [observed('web', 'critical')], 11);
  await fleet.clock.advance(90_000);
  a.see('web', [observed('web')], 12);
  expect(a.recorder.status).toMatchObject({ state: 'down', queued: 6 });
  a.leads = true;
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.words.filter((line) => line.startsWith('dc1/web status'))).toHaveLength(2);
  expect(fleet.book.gaps).toEqual([]);
});

test('a batch that was written without its end being told is not written again', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  a.writer.failsAfterWriting = true;
  a.see('web', [observed('web', 'critical')], 11);
  await fleet.clock.advance(20_000);
  expect(fleet.words.filter((line) => line.startsWith('dc1/web status'))).toHaveLength(1);
  expect(a.recorder.status.state).toBe('writing');
  expect(
    fleet.words.filter((line) => line.includes('started')),
    'it went on, and did not begin anew',
  ).toHaveLength(1);
  expect(fleet.book.gaps).toEqual([]);
});

test('what finds no room is given up as a whole, and the record says that nobody kept it', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet, fleet.replica('a', { maxTransitions: 100, maxBytes: 2 ** 20, maxBatch: 50 }));
  const aliveMs = fleet.book.aliveMs ?? 0;
  a.writer.failure = new RecordError('unreachable', 'PostgreSQL is away.');
  for (let index = 11; index < 71; index += 1) {
    a.see('web', [observed('web', index % 2 ? 'critical' : 'passing')], index);
    await fleet.clock.advance(1_000);
  }
  a.see('web', [observed('web', 'critical')], 71);
  await fleet.clock.advance(90_000);
  a.writer.failure = null;
  await fleet.clock.advance(20_000);
  expect(a.recorder.status).toMatchObject({ state: 'writing', queued: 0, dropped: 102 });
  expect(fleet.book.gaps).toEqual([
    { dc: 'dc1', fromMs: aliveMs, toMs: expect.any(Number), reason: expect.stringContaining('for want of room') },
  ]);
  expect(fleet.book.transitions.at(-1)).toMatchObject({
    ...{ subject: { key: 'dc1/web' }, kind: 'status', from: 'passing', to: 'critical', unwatchedFromMs: aliveMs },
  });
  expect(folded(fleet.book.transitions, 'web')?.status).toBe('critical');
});

test('a service that cannot be read is not taken for gone', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  a.leads = false;
  await fleet.clock.advance(1_000);
  const b = fleet.replica('a');
  b.leads = true;
  b.recorder.start();
  b.freshness('live');
  const unread = { dc: 'dc1', name: 'web', instances: [], unreadable: [], versionMetaKeys: [] };
  const sighting = { at: fleet.clock.iso(fleet.clock.now()), afterGap: true };
  b.store.seeService({ ...unread, ...sighting }, { index: null, merged: false });
  b.see('api', [observed('api')], 20, { afterGap: true });
  b.synced = true;
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.words.join('\n')).not.toContain('deregistered');
  expect(fleet.book.gaps.at(-1)?.toMs).not.toBeNull();
});

test('what Lictor does itself is noted, also before it writes', async () => {
  const fleet = new RecordedFleet();
  const a = fleet.replica('a');
  a.recorder.recordWrite(lictorSubject('a'), 'Took the lock.');
  await writing(fleet, a);
  a.recorder.recordAlert(serviceSubject('dc1', 'web'), 'pending', 'firing', 'Critical:dc1/web');
  a.recorder.recordRelease(serviceSubject('dc1', 'web'), null, 'running');
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.words.slice(0, 2)).toEqual(['a write Took the lock.', 'a started 1']);
  expect(fleet.words.slice(-2)).toEqual(['dc1/web alert Critical:dc1/web pending firing', 'dc1/web release running']);
});

test('a datacenter that Consul names no longer is recorded as gone with all that it had, at once or at the next start', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  a.leads = false;
  await fleet.clock.advance(1_000);
  const b = fleet.replica('b');
  b.leads = true;
  b.recorder.start();
  await fleet.clock.advance(30_000);
  expect(fleet.words.join('\n'), 'an agent that has just restarted names only its own').not.toContain('deregistered');
  await fleet.clock.advance(10_000);
  const gone = ['dc1/n1/web', 'dc1/web', 'dc1/n1/api', 'dc1/api'].map((key) => `${key} deregistered passing`);
  expect(fleet.words.slice(-5)).toEqual([...gone, 'dc1 deregistered live']);
  expect(fleet.book.gaps.at(-1)?.toMs).not.toBeNull();

  b.sync({ web: [observed('web')] }, 30);
  await fleet.clock.advance(A_WHILE_MS);
  b.store.forgetDatacenter('dc1');
  b.synced = false;
  await fleet.clock.advance(A_WHILE_MS);
  expect(fleet.words.slice(-3)).toEqual([
    'dc1/n1/web deregistered passing',
    'dc1/web deregistered passing',
    'dc1 deregistered live',
  ]);
});

test('the end is the last word, and what comes after it is no gap of somebody who held all of it', async () => {
  const fleet = new RecordedFleet();
  const a = await writing(fleet);
  a.see('web', [observed('web', 'critical')], 11);
  const stopped = a.recorder.stop();
  await fleet.clock.advance(1_000);
  await stopped;
  expect(fleet.words.slice(-2)).toEqual(['dc1/web status passing critical', 'a stopped']);
});

function folded(transitions: readonly Transition[], name: string): ServiceState | undefined {
  const own = transitions.filter(({ subject }) => subject.service === name);
  return own.reduce<ServiceState | undefined>(applyToService, undefined);
}

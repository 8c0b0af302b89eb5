import { afterAll, beforeAll, expect, test } from 'vitest';
import { recorded } from '@/e2e/harness/recorded';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import { systemClock } from '@/server/consul/clock';
import { thisProcess } from '@/server/release/journal/holder';
import { Recovery, type RecoveryOptions } from '@/server/release/journal/recovery';
import type { Resolution } from '@/server/release/journal/resolution';
import { keyAndEntryWriters } from './key-and-entry-writers';
import { afterOf, isWishStored, journalOf, mixedPlan, type Standing, standingOf } from './mixed-plan';
import type { Order } from './plan-process';
import { releaseConsulAt } from './release-consul-at';

const stage = new Stage();
let consul: ConsulHttp;
let program: string;

beforeAll(async () => {
  consul = (await stage.bareWorld(1)).consul('dc1');
  program = await stage.bundle('e2e/release/plan-process.ts');
});

afterAll(() => stage.clear());

type End = NonNullable<Order['end']>;
/** Of its fifth write Consul says no, so that four are to be taken back. */
const REFUSED = 'weights';

interface Fate extends Partial<Pick<Order, 'limitMs' | 'replica'>> {
  readonly service: string;
  readonly end: Omit<End, 'signal'> & Partial<Pick<End, 'signal'>>;
  readonly isRefused?: boolean;
  /** There is no splitter before. */
  readonly isNew?: boolean;
}

/** A plan that a process of its own has begun; resolves once that process has ended, or hangs, where it was told to. */
async function begun(fate: Fate) {
  const { service, end, isRefused = false, isNew = false, limitMs = 30_000, replica = 'replica-a' } = fate;
  const request = await mixedPlan(consul, service, isNew);
  const before = await standingOf(consul, service);
  const order: Order = {
    task: 'execute',
    ...{ address: consul.address, replica, request, limitMs },
    end: { signal: 'SIGKILL', ...end },
    refused: isRefused ? `dc1 kv app/${service}/${REFUSED}` : null,
  };
  const spawned = stage.spawn(program, { TEST_ORDER: JSON.stringify(order) });
  return { request, before, after: afterOf(request), order, spawned };
}

/** Another process that looks for what was left, until it is stopped: it must not find what the next test leaves to another. */
async function recovery(more: Partial<RecoveryOptions> & { replica: string }) {
  const opened = releaseConsulAt(consul.address);
  stage.atEnd(() => opened.close());
  const resolutions: Resolution[] = [];
  const looking = new Recovery({
    ...{ consul: opened.consul, writers: keyAndEntryWriters(opened.consul), clock: systemClock },
    ...{ self: thisProcess(more.replica), executor: { isAt: () => false }, leads: () => false },
    ...{ everyMs: 200, doubtMs: 1_000, ...more },
  });
  looking.onResolved((resolution) => resolutions.push(resolution));
  looking.start();
  stage.atEnd(() => looking.stop());
  const of = (service: string) =>
    until(`the plan of ${service} to be resolved`, () => resolutions.find((one) => one.service === service));
  return { looking, of, resolutions };
}

/** In order: what the process has done when it is killed, and what has to stand in the end. */
const KILLS: readonly (Fate & { readonly ends: 'before' | 'after' | 'either' })[] = [
  { service: 'intent-alone', end: { of: 'write', count: 1, when: 'before' }, ends: 'before' },
  { service: 'first-sent', end: { of: 'write', count: 1, when: 'sent' }, ends: 'either' },
  { service: 'first-written', end: { of: 'write', count: 1, when: 'after' }, ends: 'after' },
  { service: 'second-sent', end: { of: 'write', count: 2, when: 'sent' }, ends: 'after' },
  { service: 'second-written', end: { of: 'write', count: 2, when: 'after' }, ends: 'after' },
  { service: 'second-marked', end: { of: 'write', count: 3, when: 'marked' }, ends: 'after' },
  { service: 'third-written', end: { of: 'write', count: 3, when: 'after' }, ends: 'after' },
  { service: 'fourth-sent', end: { of: 'write', count: 4, when: 'sent' }, ends: 'after' },
  { service: 'fourth-written', end: { of: 'write', count: 4, when: 'after' }, ends: 'after' },
  { service: 'all-written', end: { of: 'write', count: 5, when: 'after' }, ends: 'after' },
  { service: 'none-restored', isRefused: true, end: { of: 'restore', count: 1, when: 'before' }, ends: 'before' },
  { service: 'restoring-sent', isRefused: true, end: { of: 'restore', count: 1, when: 'sent' }, ends: 'before' },
  { service: 'one-restored', isRefused: true, end: { of: 'restore', count: 1, when: 'after' }, ends: 'before' },
  { service: 'two-restored', isRefused: true, end: { of: 'restore', count: 2, when: 'after' }, ends: 'before' },
  { service: 'three-restored', isRefused: true, end: { of: 'restore', count: 3, when: 'after' }, ends: 'before' },
  { service: 'all-restored', isRefused: true, end: { of: 'restore', count: 4, when: 'after' }, ends: 'before' },
  { service: 'new-written', isNew: true, end: { of: 'write', count: 4, when: 'after' }, ends: 'after' },
  { service: 'new-sent', isNew: true, isRefused: true, end: { of: 'restore', count: 1, when: 'sent' }, ends: 'before' },
  {
    service: 'new-back',
    isNew: true,
    isRefused: true,
    end: { of: 'restore', count: 1, when: 'after' },
    ends: 'before',
  },
  {
    service: 'new-two-back',
    isNew: true,
    isRefused: true,
    end: { of: 'restore', count: 2, when: 'after' },
    ends: 'before',
  },
];

test('killed after each single write, and in between, a plan is brought to all after or all before, to the byte', async () => {
  const plans = new Map<string, Awaited<ReturnType<typeof begun>>>();
  // Two at a time: each is a process of its own.
  for (let first = 0; first < KILLS.length; first += 2) {
    const pair = KILLS.slice(first, first + 2).map(async (fate) => {
      const plan = await begun(fate);
      plans.set(fate.service, plan);
      expect(await plan.spawned.ended, plan.spawned.stderr).toEqual({ status: null, signal: 'SIGKILL' });
      expect(await journalOf(consul, fate.service)).toHaveLength(2);
    });
    await Promise.all(pair);
  }
  // Not proven by an end that would have come without any recovery.
  for (const service of ['first-written', 'third-written', 'one-restored', 'two-restored']) {
    const { before, after } = plans.get(service) ?? {};
    expect([before, after]).not.toContainEqual(await standingOf(consul, service));
  }

  const { of, looking } = await recovery({ replica: 'replica-a' });
  for (const { service, ends, isNew } of KILLS) {
    const { at, sentence } = await of(service);
    const { before, after } = plans.get(service) ?? {};
    if (ends !== 'either') expect([service, at]).toEqual([service, ends]);
    expect(sentence).toContain('replica-a');
    const stands = await standingOf(consul, service);
    if (at === 'before' && isNew) expectNoSplitBut(stands, before);
    else expect(stands, service).toEqual(at === 'after' ? after : before);
    expect(await journalOf(consul, service)).toEqual([]);
    expect(await isWishStored(consul, service)).toBe(at === 'after');
  }
  await looking.stop();
});

test('killed again and again while it goes on, a plan still comes to one side', async () => {
  const killed = async (order: Order, of: End['of'], when: End['when']) => {
    const next: Order = { ...order, task: 'recover', end: { of, count: 1, when, signal: 'SIGKILL' } };
    const spawned = stage.spawn(program, { TEST_ORDER: JSON.stringify(next) });
    expect(await spawned.ended, spawned.stderr).toEqual({ status: null, signal: 'SIGKILL' });
  };
  const whole = await begun({ service: 'again', end: { of: 'write', count: 1, when: 'after' } });
  await whole.spawned.ended;
  for (const when of ['sent', 'after', 'before'] as const) await killed(whole.order, 'write', when);
  const first = await recovery({ replica: 'replica-a' });
  expect((await first.of('again')).at).toBe('after');
  expect(await standingOf(consul, 'again')).toEqual(whole.after);
  await first.looking.stop();

  const refused = await begun({
    ...{ service: 'again-back', isRefused: true },
    end: { of: 'write', count: 4, when: 'after' },
  });
  await refused.spawned.ended;
  // Its last write is refused to whoever goes on with it: from there on it goes back.
  for (const when of ['after', 'sent', 'before'] as const) await killed(refused.order, 'restore', when);
  expect([refused.before, refused.after]).not.toContainEqual(await standingOf(consul, 'again-back'));
  const second = await recovery({ replica: 'replica-a' });
  expect((await second.of('again-back')).at).toBe('before');
  expect(await standingOf(consul, 'again-back')).toEqual(refused.before);
  await second.looking.stop();
});

test('a whole Lictor that is started again under its name completes what it had begun, and its record tells', async () => {
  const replica = 'http://lictor.test';
  const { spawned, after } = await begun({
    ...{ service: 'restarted', replica },
    end: { of: 'write', count: 2, when: 'after' },
  });
  await spawned.ended;
  const lictor = await stage.lictor(consul.address, { LICTOR_BASE_URL: replica });
  await until('the plan to be completed', async () => (await journalOf(consul, 'restarted')).length === 0);
  expect(await standingOf(consul, 'restarted')).toEqual(after);
  expect(await isWishStored(consul, 'restarted')).toBe(true);
  const told = await until('the record to tell', async () =>
    (await recorded(lictor, 'dc=dc1&service=restarted')).find(({ kind }) => kind === 'write'),
  );
  expect(JSON.stringify(told)).toContain('left unfinished by http://lictor.test, was completed.');
});

/** Consul of this version takes no entry away under a comparison: a splitter that was not there sends everything where it went without it. */
function expectNoSplitBut(stands: Standing, before: Standing | undefined): void {
  expect(stands.keys).toEqual(before?.keys);
  expect(stands.entries.slice(0, 2)).toEqual(before?.entries.slice(0, 2));
  expect(stands.entries[2]).toMatchObject({ Kind: 'service-splitter', Splits: [{ Weight: 100 }] });
}

test('what may still live is taken over by the leader alone, after its deadline; thawed, it harms nothing', async () => {
  const frozen = { limitMs: 1_500, end: { of: 'write', count: 2, when: 'after', signal: 'SIGSTOP' } } as const;
  const whole = await begun({ service: 'frozen', ...frozen });
  const disturbed = await begun({ service: 'disturbed', ...frozen });
  await Promise.all([untilSecondIsWritten('frozen'), untilSecondIsWritten('disturbed')]);
  await consul.put('/v1/kv/app/disturbed/weights', { foreign: true });
  let leads = false;
  const { of, looking, resolutions } = await recovery({ replica: 'replica-b', marginMs: 500, leads: () => leads });
  await until('the plans to be overdue', () =>
    ['frozen', 'disturbed'].every((service) =>
      looking.unfinished('dc1', service)?.includes('The Lictor that leads completes it or takes it back'),
    ),
  );
  expect(resolutions).toEqual([]);
  leads = true;
  looking.wake();
  expect((await of('frozen')).at).toBe('after');
  const resolution = await of('disturbed');
  expect([resolution.at, resolution.sentence]).toEqual(['before', expect.stringContaining('kv app/disturbed/weights')]);
  expect(looking.unfinished('dc1', 'frozen')).toBeNull();
  const stood = [await standingOf(consul, 'frozen'), await standingOf(consul, 'disturbed')];

  for (const { spawned } of [whole, disturbed]) {
    spawned.signal('SIGCONT');
    expect(await spawned.ended, spawned.stderr).toEqual({ status: 0, signal: null });
    expect(JSON.parse(spawned.stdout)).toMatchObject({ kind: 'failed', state: 'unfinished' });
  }
  expect([await standingOf(consul, 'frozen'), await standingOf(consul, 'disturbed')]).toEqual(stood);
  expect(stood[0]).toEqual(whole.after);
  const foreign = Buffer.from('{"foreign":true}').toString('base64');
  const { keys, entries } = disturbed.before;
  expect(stood[1]).toEqual({ keys: keys.map((key) => ({ ...key, Value: foreign })), entries });
  expect(await journalOf(consul, 'disturbed')).toEqual([]);
  expect(await isWishStored(consul, 'disturbed')).toBe(false);
});

/** Its process hangs then. */
async function untilSecondIsWritten(service: string): Promise<void> {
  await until(`the second write of ${service}`, async () => {
    const { entries } = await standingOf(consul, service);
    return entries.some((entry) => entry?.Protocol === 'http2');
  });
}

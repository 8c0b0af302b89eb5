import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultFlapSettings } from '@/lib/flapping/flap-settings';
import { isTransition } from '@/lib/fleet/diff';
import type { ServiceRecord } from '@/lib/fleet/model';
import { instanceSubject } from '@/lib/history/subjects';
import { SmallWorld } from '@/server/alerts/testing/small-world';
import { settled } from '@/server/consul/testing/manual-clock';
import { FlapBook } from './flap-book';
import type { FlapBefore } from './flap-record';
import { FlapWatch } from './flap-watch';
import { Surroundings } from './surroundings';

const web = { kind: 'service', dc: 'dc1', name: 'web' } as const;

interface Told {
  readonly before?: readonly FlapBefore[];
  readonly clockStepMs?: () => number;
}

function watching(world: SmallWorld, { before = [], clockStepMs = () => 0 }: Told = {}) {
  const warnings: string[] = [];
  const flaps: FlapWatch = new FlapWatch({
    ...{ clock: world.clock, fleet: world.store, record: world.record, before: async () => before, clockStepMs },
    settings: () => ({ settingsOf: () => defaultFlapSettings, fastestSlotMs: 30_000, widestSlotMs: 300_000 }),
    progress: () => ({ synced: world.synced, notLive: 0 }),
    oldestUnreadMs: () => null,
    onChange: (owners) => {
      if (flaps.isLooking) world.store.startFlapping();
      const counts = owners.map(({ name }) => [name, flaps.members.count('dc1', name)] as const);
      world.store.seeFlapping('dc1', new Map(counts));
    },
    log: { warn: (sentence) => warnings.push(sentence) },
  });
  world.store.observe(flaps);
  flaps.start();
  return { flaps, warnings };
}

async function flips(world: SmallWorld, times: number, everyMs = 20_000): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    world.service('web', { 'a/web-1': n % 2 === 0 ? 'critical' : 'passing', 'b/web-2': 'passing' });
    await world.clock.advance(everyMs);
  }
}

const countNow = (world: SmallWorld) => world.store.serviceRecord('dc1', 'web')?.flapping;

async function lived(): Promise<SmallWorld> {
  const world = new SmallWorld();
  world.service('web', { 'a/web-1': 'passing', 'b/web-2': 'passing' }, {}, true);
  return world;
}

test('nothing is counted before somebody looks, nothing flaps at first, and what flaps is published as a change of its service', async () => {
  const world = await lived();
  expect(countNow(world)).toBeNull();
  const { flaps } = watching(world);
  await world.clock.advance(120_000);
  expect(countNow(world)).toBe(0);
  await flips(world, 12);
  expect(countNow(world)).toBe(1);
  const changes = world.published.filter(({ topic }) => topic === 'fleet').flatMap(({ changes: all }) => all);
  const crossing = changes.find(({ value }) => (value as ServiceRecord).flapping === 1);
  expect(crossing && isTransition(crossing), 'its status is what it was').toBe(false);
  expect(flaps.before.map(({ item }) => item).sort()).toEqual([null, null, 'ttl']);
  await world.clock.advance(1_800_000);
  expect(countNow(world)).toBe(0);
  flaps.stop();
});

test('a restart in mid-flap finds by the record that it flaps, since the same moment', async () => {
  const world = await lived();
  const first = watching(world);
  await world.clock.advance(120_000);
  await flips(world, 14);
  const before = first.flaps.before;
  expect(before).toHaveLength(3);
  first.flaps.stop();
  world.gaps.push({ dc: 'dc1', fromMs: world.clock.now(), toMs: null, reason: 'Nobody watched.' });
  await world.clock.advance(5_000);
  const second = watching(world);
  await world.clock.advance(2_000);
  expect(second.flaps.before).toEqual(before);
  expect(second.warnings).toEqual([]);
  second.flaps.stop();
});

test('what began to flap before the record that is read still does, by what was written down', async () => {
  const world = await lived();
  const first = watching(world);
  await world.clock.advance(120_000);
  for (let rounds = 0; rounds < 15; rounds += 1) await flips(world, 50);
  const before = first.flaps.before;
  first.flaps.stop();
  const sinceMs = before[0]?.sinceMs ?? 0;
  expect(world.clock.now() - sinceMs).toBeGreaterThan(12_000_000);
  const second = watching(world, { before });
  await world.clock.advance(2_000);
  expect(second.flaps.before).toEqual(before);
  second.flaps.stop();
});

test('what is in maintenance when a look begins is known to be, and what came out of it while nobody could see', async () => {
  const world = new SmallWorld();
  world.service('api', { 'a/api-1': 'passing' }, {}, true);
  const both = { 'a/web-1': 'passing', 'b/web-2': 'passing' } as const;
  world.service('web', both, {}, true, ['a/web-1']);
  const { flaps } = watching(world);
  await world.clock.advance(2_000);
  const known = (id: string) => {
    const instance = world.store.serviceDetail('dc1', 'web')?.instances.find((one) => one.id === id);
    if (!instance) throw new Error(`${id} is not there.`);
    return flaps.track({ subject: instanceSubject('dc1', 'web', instance), item: null })?.isInMaintenance ?? false;
  };
  expect([known('web-1'), known('web-2')]).toEqual([true, false]);
  world.freshness('lost');
  await world.clock.advance(30_000);
  world.service('web', both, {}, true, ['b/web-2']);
  world.freshness('live');
  await world.clock.advance(2_000);
  expect([known('web-1'), known('web-2')]).toEqual([false, true]);
  flaps.stop();
});

test('without a record it begins with nothing, and says so', async () => {
  const world = await lived();
  const record = { ...world.record, settled: async () => false };
  Object.defineProperty(world, 'record', { value: record });
  const { flaps, warnings } = watching(world);
  await settled();
  expect(warnings.join()).toContain('flapping is looked for from now on');
  expect(flaps.isLooking).toBe(true);
  flaps.stop();
});

test('what happens while the datacenter is not live makes nothing flap', async () => {
  const world = await lived();
  const { flaps } = watching(world);
  await world.clock.advance(120_000);
  world.freshness('lost', null);
  await flips(world, 14);
  world.freshness('live');
  await world.clock.advance(2_000);
  expect(countNow(world)).toBe(0);
  flaps.stop();
});

test('the evidence tells the worst member with its strips, all members with their numbers, and what may be behind it', async () => {
  const world = await lived();
  const { flaps } = watching(world);
  await world.clock.advance(120_000);
  await flips(world, 14);
  const definitionOf = () => ({ intervalMs: 15_000, timeoutMs: 20_000 });
  const nowMs = () => world.clock.now();
  const surroundings = new Surroundings({ fleet: world.store, flaps, definitionOf, nowMs });
  const book = new FlapBook({ fleet: world.store, flaps, surroundings, nowMs });
  const facts = book.facts(web);
  expect(facts?.nodes).toEqual(['dc1/a']);
  expect(facts?.evidence).toMatchObject({
    ...{ kind: 'flapping', periodMs: 40_000, flapping: 1, all: 2, changes: 14, atLeast: true },
    members: [{ key: 'dc1/a/web-1', subject: 'instance', name: 'web-1', node: 'a', check: 'ttl', changes: 14 }],
  });
  expect(facts?.evidence.causes.map(({ id }) => id)).toEqual(['timeout-not-below-interval', 'in-step-with-interval']);
  const [fast] = facts?.evidence.scales ?? [];
  expect(fast?.slots).toMatch(/^[?.x]{20}$/);
  expect(fast?.slots.match(/x/g)?.length).toBe(fast?.changes.filter((count) => count > 0).length);
  expect(book.facts(web), 'asked again at once').toBe(facts);
  await world.clock.advance(1_000);
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  expect(book.facts(web)?.evidence.changes).toBe(15);
  expect(book.facts({ kind: 'node', dc: 'dc1', name: 'a' })).toBeNull();
  flaps.stop();
});

test('a clock that is set by an hour makes nothing flap that did not', async () => {
  const world = await lived();
  let stepMs = 0;
  const { flaps } = watching(world, { clockStepMs: () => stepMs });
  await world.clock.advance(120_000);
  await flips(world, 4);
  const iso = world.clock.iso.bind(world.clock);
  let aheadMs = 0;
  world.clock.iso = (atMs) => iso(atMs + aheadMs);
  for (const byMs of [3_600_000, -7_200_000]) {
    aheadMs += byMs;
    stepMs = byMs;
    await world.clock.advance(250);
    stepMs = 0;
    await flips(world, 2);
  }
  expect(countNow(world)).toBe(0);
  flaps.stop();
});

test('wherever Lictor is restarted, it finds what one that was never ended finds', async () => {
  const story = fc.record({
    pausesS: fc.array(fc.oneof(fc.integer({ min: 4, max: 40 }), fc.integer({ min: 60, max: 400 })), {
      ...{ minLength: 14, maxLength: 36 },
    }),
    endsAfter: fc.double({ min: 0, max: 0.99, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(story, async ({ pausesS, endsAfter }) => {
      const world = await lived();
      const ever = watching(world);
      const first = watching(world);
      await world.clock.advance(60_000);
      const cut = Math.floor(endsAfter * pausesS.length);
      let second: ReturnType<typeof watching> | null = null;
      for (const [n, pauseS] of pausesS.entries()) {
        if (n === cut) {
          first.flaps.stop();
          world.gaps.push({ dc: 'dc1', fromMs: world.clock.now(), toMs: null, reason: 'Nobody watched.' });
          second = watching(world, { before: first.flaps.before });
          await world.clock.advance(1_500);
        }
        world.service('web', { 'a/web-1': n % 2 === 0 ? 'critical' : 'passing', 'b/web-2': 'passing' });
        await world.clock.advance(pauseS * 1_000);
      }
      expect(second?.flaps.before).toEqual(ever.flaps.before);
      ever.flaps.stop();
      second?.flaps.stop();
    }),
    { numRuns: 25 },
  );
});

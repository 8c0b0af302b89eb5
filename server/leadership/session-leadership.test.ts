import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { SessionLeadership } from './session-leadership';
import { LOCK_DELAY_MS, SESSION_TTL_MS } from './session-locks';
import { type Link, LockKeeper } from './testing/lock-keeper';

function contender(keeper: LockKeeper, name: string, random = () => 0.5) {
  const link = keeper.link();
  const refusals: string[] = [];
  const leadership = new SessionLeadership({
    ...{ locks: link, watchKey: link.watchKey, clock: keeper.clock, random },
    self: { id: name, name },
    onRefused: (reason) => refusals.push(reason),
  });
  return { name, link, leadership, refusals };
}

async function two() {
  const clock = new ManualClock();
  const keeper = new LockKeeper(clock);
  const [first, second] = [contender(keeper, 'first'), contender(keeper, 'second')];
  first.leadership.start();
  await clock.advance(1_000);
  second.leadership.start();
  await clock.advance(1_000);
  expect([first, second].map(({ leadership }) => leadership.state.leads)).toEqual([true, false]);
  return { clock, keeper, first, second };
}

it('one leads, the other says who does, for as long as the session is renewed', async () => {
  const { clock, first, second } = await two();
  await clock.advance(10 * SESSION_TTL_MS);
  expect(first.leadership.state).toMatchObject({ leads: true, holder: 'first', by: 'session', reason: null });
  expect(second.leadership.state).toMatchObject({ leads: false, holder: 'first', by: 'session', reason: null });
});

it('lets go when it is closed, and the other leads within a second', async () => {
  const { clock, first, second } = await two();
  await first.leadership.stop();
  await clock.advance(1_000);
  expect(second.leadership.state.leads).toBe(true);
});

it('cut off, it stops a TTL after the last renewal it sent, says why, and leads again only when it has the lock', async () => {
  const { clock, first, second } = await two();
  first.link.isCut = true;
  await clock.advance(SESSION_TTL_MS - 2_501);
  expect(first.leadership.state.leads).toBe(true);
  await clock.advance(2_501);
  expect(first.leadership.state).toMatchObject({ leads: false, holder: null });
  expect(first.leadership.state.reason).toMatch(/has not confirmed|did not answer/);
  await clock.advance(SESSION_TTL_MS);
  expect(second.leadership.state.leads).toBe(true);
  first.link.mend();
  await clock.advance(SESSION_TTL_MS);
  expect(first.leadership.state).toMatchObject({ leads: false, holder: 'second' });
});

it('does not lead after its process hung past the deadline, before any timer has told it', async () => {
  const { clock, first } = await two();
  // The clock moves on, and nothing runs.
  const hung = new ManualClock(clock.now() + SESSION_TTL_MS);
  clock.now = () => hung.now();
  expect(first.leadership.state.leads).toBe(false);
});

it('leads on after a pause of Consul that its session survived', async () => {
  const clock = new ManualClock();
  const keeper = new LockKeeper(clock, () => 2 * SESSION_TTL_MS);
  const only = contender(keeper, 'only');
  only.leadership.start();
  await clock.advance(1_000);
  only.link.isCut = true;
  await clock.advance(SESSION_TTL_MS + 1_000);
  expect(only.leadership.state.leads).toBe(false);
  only.link.mend();
  await clock.advance(5_000);
  expect(only.leadership.state.leads).toBe(true);
});

it('stops at once when an operator ends its session, and one of the two leads after the lock delay', async () => {
  const { clock, keeper, first, second } = await two();
  keeper.invalidate(keeper.key.session ?? '');
  await clock.advance(0);
  expect(first.leadership.state.leads).toBe(false);
  await clock.advance(LOCK_DELAY_MS - 100);
  expect([first, second].some(({ leadership }) => leadership.state.leads)).toBe(false);
  await clock.advance(3_000);
  expect([first, second].filter(({ leadership }) => leadership.state.leads)).toHaveLength(1);
});

it('takes the key back that an operator deleted, before anybody else may', async () => {
  const { clock, keeper, first, second } = await two();
  keeper.deleteKey();
  await clock.advance(1);
  expect(first.leadership.state.leads).toBe(true);
  await clock.advance(2 * SESSION_TTL_MS);
  expect([first, second].map(({ leadership }) => leadership.state.leads)).toEqual([true, false]);
});

it('stops before anybody else may lead where it hears of its loss and can ask nobody', async () => {
  const { clock, keeper, first, second } = await two();
  keeper.deleteKey();
  first.link.isCut = true;
  await clock.advance(LOCK_DELAY_MS - 1);
  expect([first, second].map(({ leadership }) => leadership.state.leads)).toEqual([false, false]);
  await clock.advance(1_000);
  expect(second.leadership.state.leads).toBe(true);
});

it('says that it is refused only once it does not lead any more', async () => {
  const { clock, first } = await two();
  first.link.isRefused = true;
  await clock.advance(SESSION_TTL_MS - 2_501);
  expect([first.leadership.state.leads, first.refusals]).toEqual([true, []]);
  await clock.advance(2_501);
  expect(first.leadership.state.leads).toBe(false);
  await clock.advance(2_000);
  expect(first.refusals[0]).toContain('Permission denied');
});

it('two never lead at once, whatever is cut, hangs up, comes back, or is deleted by an operator', async () => {
  type Step = {
    readonly act: 'cut' | 'mend' | 'end session' | 'delete key' | 'wait' | 'stop';
    readonly who: number;
    readonly ms: number;
  };
  const lag = fc.integer({ min: 0, max: 400 });
  const step = fc.record<Step>({
    act: fc.constantFrom('cut', 'mend', 'mend', 'end session', 'delete key', 'wait', 'wait', 'stop'),
    who: fc.nat(2),
    ms: fc.integer({ min: 1, max: 6_000 }),
  });
  const plan = fc.record({
    steps: fc.array(step, { minLength: 4, maxLength: 25 }),
    extraMs: fc.integer({ min: 0, max: SESSION_TTL_MS }),
    lagsMs: fc.tuple(lag, lag, lag),
  });
  let ledSeconds = 0;
  await fc.assert(
    fc.asyncProperty(plan, async ({ steps, extraMs, lagsMs }) => {
      const clock = new ManualClock();
      const keeper = new LockKeeper(clock, () => SESSION_TTL_MS + extraMs);
      const all = [0, 1, 2].map((at) => contender(keeper, `c${at}`, () => at / 3));
      const count = () => all.filter(({ leadership }) => leadership.state.leads).length;
      const leader = () => all.find(({ leadership }) => leadership.state.leads);
      for (const [at, { link, leadership }] of all.entries()) {
        link.lagMs = lagsMs[at] ?? 0;
        leadership.start();
      }
      const pass = async (ms: number) => {
        for (let past = 0; past < ms; past += 50) {
          await clock.advance(Math.min(50, ms - past));
          expect(count()).toBeLessThanOrEqual(1);
          ledSeconds += count() / 20;
        }
      };
      for (const { act, who, ms } of steps) {
        const one = all[who] as { link: Link; leadership: SessionLeadership };
        if (act === 'cut') one.link.isCut = true;
        if (act === 'mend') one.link.mend();
        if (act === 'stop' && who === 2) void one.leadership.stop();
        if (act === 'end session' || act === 'delete key') {
          // A leader that is cut off cannot see what an operator does to its lock: docs/leadership.md says so.
          await pass(1_000);
          if (leader()?.link.isCut !== false) continue;
          if (act === 'end session') keeper.invalidate(keeper.key.session ?? '');
          else keeper.deleteKey();
          await pass(1_000);
        }
        await pass(ms);
      }
    }),
    { numRuns: 60 },
  );
  expect(ledSeconds).toBeGreaterThan(60);
});

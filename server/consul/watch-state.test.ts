import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnswerFacts,
  afterAnswer,
  afterFailure,
  afterSilence,
  bringsNews,
  initialProgress,
  isMerged,
  type Progress,
  verdictOf,
} from './watch-state';

const facts = (index: number | null, more: Partial<AnswerFacts> = {}): AnswerFacts => ({
  askedAtMs: 0,
  atMs: 20_000,
  index,
  lastContactMs: 0,
  ...more,
});

const answered = (progress: Progress, ...indexes: (number | null)[]) =>
  indexes.reduce<Progress>((now, index) => afterAnswer(now, facts(index), 10_000), progress);

describe('the index rules', () => {
  it.each([
    [0, 7, 'fresh'],
    [7, 8, 'changed'],
    [7, 7, 'unchanged'],
    [7, 6, 'backwards'],
    [7, 0, 'unindexed'],
    [0, 0, 'unindexed'],
    [7, null, 'unindexed'],
  ])('waited for %s, got %s: %s', (waitIndex, index, verdict) => {
    expect(verdictOf(waitIndex, index)).toBe(verdict);
  });

  it('start again at 0 when the index goes back, without giving what may be older', () => {
    const progress = answered(initialProgress(0), 100, 40);
    expect(bringsNews(verdictOf(100, 40))).toBe(false);
    expect(progress).toMatchObject({ waitIndex: 0, index: 100, given: 1, gap: true, pauseMs: 0 });
    expect(isMerged(progress, verdictOf(0, 40))).toBe(true);
    expect(answered(progress, 40)).toMatchObject({ waitIndex: 40, index: 40, given: 2, gap: false });
  });

  it('never wait for an index that is not above 0, and never without a pause', () => {
    expect(answered(initialProgress(0), 0)).toMatchObject({ waitIndex: 0, given: 1, pauseMs: 1_000 });
    expect(answered(initialProgress(0), null)).toMatchObject({ waitIndex: 0, index: null, pauseMs: 1_000 });
  });

  it('slow down where a server does not hold its waits', () => {
    const progress = answered(initialProgress(0), 9);
    expect(afterAnswer(progress, facts(9, { atMs: 3 }), 10_000).pauseMs).toBe(1_000);
    expect(afterAnswer(progress, facts(9, { atMs: 600 }), 10_000).pauseMs).toBe(0);
  });
});

describe('merged', () => {
  it('is not said of the first, nor of a change that a wait brought', () => {
    const start = initialProgress(0);
    expect(isMerged({ ...start, gap: true }, 'fresh')).toBe(false);
    expect(isMerged(answered(start, 1), 'changed')).toBe(false);
  });

  it('is said after a gap, once, and of every poll', () => {
    const failed = afterFailure(answered(initialProgress(0), 1), { atMs: 1, denied: false, reason: 'x' }, 15_000, 0);
    expect(isMerged(failed, 'fresh')).toBe(true);
    expect(isMerged(answered(failed, 2), 'changed')).toBe(false);
    expect(isMerged(answered(initialProgress(0), null), 'unindexed')).toBe(true);
  });
});

describe('the states', () => {
  const failure = (atMs: number, denied = false) => ({ atMs, denied, reason: 'It failed.' });
  const live = answered(initialProgress(0), 5);

  it('go from syncing to live, or down where nothing ever answered', () => {
    expect(initialProgress(3)).toMatchObject({ state: 'syncing', sinceMs: 3 });
    expect(live).toMatchObject({ state: 'live', sinceMs: 20_000, reason: null });
    expect(afterFailure(initialProgress(0), failure(8), 15_000, 0)).toMatchObject({ state: 'down', sinceMs: 8 });
  });

  it('go from live to stale to down and back, and each knows since when', () => {
    const stale = afterFailure(live, failure(21_000), 15_000, 0);
    expect(stale).toMatchObject({ state: 'stale', sinceMs: 21_000, reason: 'It failed.', waitIndex: 0 });
    const again = afterFailure(stale, failure(22_000), 15_000, 0);
    expect(again).toMatchObject({ state: 'stale', sinceMs: 21_000, failures: 2 });
    expect(afterFailure(again, failure(35_000), 15_000, 0)).toMatchObject({ state: 'down', sinceMs: 35_000 });
    expect(afterSilence(again, 35_000)).toMatchObject({ state: 'down', sinceMs: 35_000, reason: 'It failed.' });
    expect(answered(again, 6)).toMatchObject({ state: 'live', failures: 0, reason: null });
  });

  it('are denied where the token is refused, and then tried slowly', () => {
    const denied = (random: number) => afterFailure(live, failure(21_000, true), 15_000, random);
    expect(denied(0)).toMatchObject({ state: 'denied', pauseMs: 13_500 });
    expect(denied(1).pauseMs).toBe(16_500);
  });

  it('are stale where the answering server lost its leader for too long', () => {
    const lagging = afterAnswer(live, facts(6, { lastContactMs: 10_001 }), 10_000);
    expect(lagging.state).toBe('stale');
    expect(lagging.reason).toContain('10001 ms');
    expect(afterAnswer(live, facts(6, { lastContactMs: null }), 10_000).state).toBe('live');
  });
});

it('whatever comes: waits only for what it was given last, counts what it gave, and pauses after every failure', () => {
  const answer = fc.record({
    index: fc.option(fc.nat({ max: 5 })),
    heldMs: fc.nat({ max: 1_000 }),
    lastContactMs: fc.option(fc.nat({ max: 20_000 })),
  });
  const event = fc.oneof(
    answer,
    fc.record({ denied: fc.boolean(), random: fc.double({ min: 0, max: 1, noNaN: true }) }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let progress = initialProgress(0);
      let atMs = 0;
      for (const step of events) {
        const before = progress;
        if ('denied' in step) {
          atMs += 1;
          progress = afterFailure(before, { atMs, denied: step.denied, reason: 'It failed.' }, 15_000, step.random);
          expect(progress.pauseMs).toBeGreaterThanOrEqual(100);
          expect(progress.waitIndex).toBe(0);
          expect(progress.reason).not.toBeNull();
        } else {
          const { index, lastContactMs } = step;
          const askedAtMs = atMs;
          atMs += step.heldMs;
          progress = afterAnswer(before, { askedAtMs, atMs, index, lastContactMs }, 10_000);
          const news = bringsNews(verdictOf(before.waitIndex, index));
          expect(progress.given).toBe(before.given + (news ? 1 : 0));
          // What would be asked again at once must have a new index or have been held: else it is a hot loop.
          const asksTheSame = progress.waitIndex === before.waitIndex && step.heldMs < 500;
          if (asksTheSame) expect(progress.pauseMs).toBe(1_000);
          expect(progress.failures).toBe(0);
        }
        if (progress.waitIndex > 0) expect(progress.waitIndex).toBe(progress.index);
        expect(progress.sinceMs).toBe(progress.state === before.state ? before.sinceMs : atMs);
      }
    }),
  );
});

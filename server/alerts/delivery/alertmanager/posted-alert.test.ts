import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentAlert } from '@/server/alerts/delivery/testing/sent-alert';
import { postedAlert, textOf } from './posted-alert';

const NOW = Date.parse('2026-11-27T08:00:00.000Z');
const told = (aheadMs: number) => ({
  theirs: { nowMs: NOW, told: (atMs: number) => atMs + aheadMs },
  firesForMs: 240_000,
});

test('what fires begins when it fired, and ends a while after now', () => {
  expect(postedAlert(sentAlert({ firedAtMs: NOW - 60_000 }), null, told(0))).toMatchObject({
    startsAt: '2026-11-27T07:59:00.000Z',
    endsAt: '2026-11-27T08:04:00.000Z',
  });
});

test('whatever was set, what fires has begun and not ended there, what ended has ended, and none ends before it begins', () => {
  const ms = fc.integer({ min: -7_200_000, max: 7_200_000 });
  fc.assert(
    fc.property(ms, fc.option(ms), ms, (firedMs, endedMs, aheadMs) => {
      const endedAtMs = endedMs === null ? null : NOW + endedMs;
      const { startsAt, endsAt } = postedAlert(sentAlert({ firedAtMs: NOW + firedMs }), endedAtMs, told(aheadMs));
      expect(Date.parse(startsAt)).toBeLessThan(NOW);
      expect(Date.parse(endsAt)).toBeGreaterThan(Date.parse(startsAt));
      if (endedAtMs === null) expect(Date.parse(endsAt)).toBe(NOW + 240_000);
      else expect(Date.parse(endsAt)).toBeLessThanOrEqual(NOW);
    }),
  );
});

test('there is something else to be said where anything is another that it is told', () => {
  const silenced = { untilMs: NOW, by: 'ann', reason: 'known' };
  const others = [{ labels: { team: 'a' } }, { annotations: { count: '2' } }, { firedAtMs: NOW - 1 }, { silenced }];
  expect(new Set([{}, ...others].map((more) => textOf(sentAlert(more)))).size).toBe(5);
  expect(textOf(sentAlert())).toBe(textOf(sentAlert()));
});

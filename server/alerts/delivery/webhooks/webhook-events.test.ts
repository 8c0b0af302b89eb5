import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentAlert } from '@/server/alerts/delivery/testing/sent-alert';
import type { SentAlert } from '@/server/alerts/outlet-parts';
import { newsFor, type Told } from './webhook-events';

const T0 = 1_000_000_000;
const HOUR_MS = 3_600_000;
const NOTHING: Told = { sinceMs: T0, sequence: 0, alerts: {} };
const silenced = { untilMs: T0 + HOUR_MS, by: 'ann', reason: 'known' };
const acknowledged = { by: 'ann', at: '2026-11-27T08:00:00.000Z', note: '' };

/** Events of one list after the other. */
function story(...lists: readonly (readonly SentAlert[])[]): string[] {
  let told = NOTHING;
  return lists.flatMap((alerts) => {
    const next = newsFor(told, alerts, T0);
    told = next.told;
    return next.news.map(({ event, alert }) => `${event} ${alert.record.subject.name}`);
  });
}

const a = (more: Parameters<typeof sentAlert>[0] = {}) => sentAlert({ name: 'a', firedAtMs: T0 + 1, ...more });

test('each turn is news once', () => {
  expect(
    story(
      [a()],
      [a()],
      [a({ acknowledged })],
      [a({ acknowledged, silenced })],
      [a({ acknowledged })],
      [a()],
      [a({ resolvedAtMs: T0 + 2 })],
    ),
  ).toEqual(['firing a', 'acknowledged a', 'silenced a', 'acknowledged a', 'firing a', 'resolved a']);
});

test('what is suppressed for a while, or not told of after a restart, is no news when it is there again', () => {
  expect(story([a()], [], [a()])).toEqual(['firing a']);
  expect(story([a()], [a({ resolvedAtMs: T0 + 2 })], [], [a({ resolvedAtMs: T0 + 2 })])).toEqual([
    'firing a',
    'resolved a',
  ]);
});

test('one that fires again is news', () => {
  expect(story([a()], [a({ firedAtMs: T0 + 5 })])).toEqual(['firing a', 'firing a']);
});

test('what fired and ended unseen is told as resolved, but not what was over before the webhook was there', () => {
  expect(story([a({ resolvedAtMs: T0 + 2 })])).toEqual(['resolved a']);
  expect(story([a({ firedAtMs: T0 - 5, resolvedAtMs: T0 + 2 })])).toEqual([]);
  expect(story([a({ firedAtMs: T0 - 5 })])).toEqual(['firing a']);
});

test('what was told is forgotten in the end', () => {
  const { told } = newsFor(NOTHING, [a(), sentAlert({ name: 'b', firedAtMs: T0 + 1, resolvedAtMs: T0 + 2 })], T0);
  expect(Object.keys(newsFor(told, [], T0 + 24 * HOUR_MS).told.alerts)).toHaveLength(2);
  expect(Object.keys(newsFor(told, [], T0 + 26 * HOUR_MS).told.alerts)).toEqual(['Flapping:dc1/a']);
  expect(newsFor(told, [], T0 + 8 * 24 * HOUR_MS).told.alerts).toEqual({});
});

test('told twice in a row, whatever it is, it is no news the second time', () => {
  const alert = fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    firedAtMs: fc.integer({ min: T0 - 5, max: T0 + 5 }),
    resolvedAtMs: fc.option(fc.constant(T0 + 9)),
    silenced: fc.option(fc.constant(silenced)),
    acknowledged: fc.option(fc.constant(acknowledged)),
  });
  const list = fc.uniqueArray(alert, { selector: ({ name }) => name });
  fc.assert(
    fc.property(list, list, (first, second) => {
      const [one, two] = [first.map(sentAlert), second.map(sentAlert)];
      const after = newsFor(newsFor(NOTHING, one, T0).told, two, T0).told;
      expect(newsFor(after, two, T0).news).toEqual([]);
    }),
  );
});

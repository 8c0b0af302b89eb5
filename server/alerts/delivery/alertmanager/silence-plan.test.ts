import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentAlert } from '@/server/alerts/delivery/testing/sent-alert';
import { type OwnSilence, silencePlan } from './silence-plan';

const NOW = 1_000_000_000;
const UNTIL = NOW + 3_600_000;
const silenced = { untilMs: UNTIL, by: 'ann', reason: 'known' };
const own = (id: string, name: string, endsAtMs = UNTIL): OwnSilence => ({
  ...{ id, alert: `Flapping:dc1/${name}`, startsAtMs: NOW - 1, endsAtMs },
});

test('what is silenced here and not there is to be silenced, and the other way round', () => {
  const [silent, loud] = [sentAlert({ name: 'silent', silenced }), sentAlert({ name: 'loud' })];
  const present = own('1', 'loud');
  expect(silencePlan([silent, loud], [present], NOW)).toEqual({
    put: [{ alert: silent, untilMs: UNTIL, present: null }],
    end: [present],
  });
});

test('what is as it should be stays; another end changes the one that is there', () => {
  const silent = sentAlert({ name: 'a', silenced });
  expect(silencePlan([silent], [own('1', 'a', UNTIL + 900)], NOW)).toEqual({ put: [], end: [] });
  const other = own('1', 'a', UNTIL + 60_000);
  expect(silencePlan([silent], [other], NOW)).toEqual({
    put: [{ alert: silent, untilMs: UNTIL, present: other }],
    end: [],
  });
});

test('one that has ended is not made, what is over is not silenced anew, and what nobody tells of is left', () => {
  const ended = sentAlert({ name: 'ended', silenced: { ...silenced, untilMs: NOW } });
  const over = sentAlert({ name: 'over', silenced, resolvedAtMs: NOW });
  expect(silencePlan([ended, over], [own('1', 'foreign')], NOW)).toEqual({ put: [], end: [] });
});

test('of several for one alert every Lictor keeps the same one, in whatever order they come', () => {
  const endings = fc.array(fc.tuple(fc.uuid(), fc.constantFrom(UNTIL, UNTIL + 500)), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(endings, fc.nat(), (list, turn) => {
      const silences = [...new Map(list).entries()].map(([id, endsAtMs]) => own(id, 'a', endsAtMs));
      const turned = [...silences.slice(turn % silences.length), ...silences.slice(0, turn % silences.length)];
      const ids = (order: readonly OwnSilence[]) =>
        silencePlan([sentAlert({ name: 'a', silenced })], order, NOW).end.map(({ id }) => id);
      expect(ids(turned)).toEqual(ids(silences));
      expect(ids(silences)).toHaveLength(silences.length - 1);
    }),
  );
});

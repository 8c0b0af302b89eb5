import { expect, test } from 'vitest';
import { sentAlert } from '@/server/alerts/delivery/testing/sent-alert';
import { matchersText, silencesAnswer } from './alertmanager-answers';
import { ownSilence, silenceOf } from './own-silence';

const told = (atMs: number) => atMs;
const UNTIL = Date.parse('2026-11-27T09:00:00.000Z');
const silenced = { untilMs: UNTIL, by: 'ann', reason: 'moving' };

/** As it comes back from there. */
const readBack = (silence: Record<string, unknown>) =>
  silencesAnswer.parse([{ id: 'x', status: { state: 'active' }, ...silence }])[0];

test('one that was made here is known again, whatever the alert is called', () => {
  for (const name of ['payment', 'a "b" \\ é\n', '=~.*']) {
    const alert = sentAlert({ name, silenced });
    const back = readBack(silenceOf(alert, { fromMs: UNTIL - 1, untilMs: UNTIL, present: null }, told));
    expect(back && ownSilence(back)).toMatchObject({ id: 'x', endsAtMs: UNTIL });
    expect(back?.comment).toBe('moving (silenced in Lictor by ann)');
  }
});

test('another’s is not, though it is for the same alert', () => {
  const made = silenceOf(sentAlert({ silenced }), { fromMs: 0, untilMs: UNTIL, present: null }, told);
  const [matcher] = made.matchers as Record<string, unknown>[];
  for (const other of [
    { createdBy: 'ann' },
    { matchers: [{ ...matcher, isRegex: true }] },
    { matchers: [{ ...matcher, isEqual: false }] },
    { matchers: [{ ...matcher, name: 'service' }] },
    { matchers: [matcher, { ...matcher, name: 'dc' }] },
  ]) {
    const back = readBack({ ...made, ...other });
    expect(back && ownSilence(back)).toBeNull();
  }
});

test('matchers are shown as Alertmanager writes them', () => {
  const matcher = { name: 'a', value: 'x"y', isRegex: false, isEqual: true };
  expect(
    matchersText([
      matcher,
      { ...matcher, isEqual: false },
      { ...matcher, isRegex: true },
      { ...matcher, isRegex: true, isEqual: false },
    ]),
  ).toBe('a="x\\"y", a!="x\\"y", a=~"x\\"y", a!~"x\\"y"');
});

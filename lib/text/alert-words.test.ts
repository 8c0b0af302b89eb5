import { describe, expect, it } from 'vitest';
import { exampleAlert, exampleConditions } from '@/lib/alerts/example-alerts';
import { en } from './en';
import { zh } from './zh';

const names = Object.keys(exampleConditions) as (keyof typeof exampleConditions)[];
const when = () => '03:00';

describe('the English words of alerts', () => {
  const { words } = en.alerts;

  it('say in a title what is wrong, and in one that is over what was', () => {
    expect(names.map((name) => words.title(exampleAlert(name)))).toEqual([
      'search is flapping',
      'web: 2 of 5 critical',
      'pay has no healthy instance',
      '60 % of cart is critical',
      'Node n7 is critical',
      'api: 2 of 5 critical',
      'dc3 has no leader',
      'dc4 is out of contact',
      'Much of dc5 vanished at once',
      'Certificate ends: Consul at 10.0.0.7:8501',
      'Watchdog',
    ]);
    expect(words.title(exampleAlert('flapping', { state: 'resolved' }))).toBe('search was flapping');
    expect(words.title(exampleAlert('instanceCritical', { state: 'resolved' }))).toBe('web had 2 of 5 critical');
  });

  it('say in a sentence how much, how often and since when', () => {
    expect(words.sentence(exampleAlert('flapping'), when)).toBe(
      '4 of 6 instances go down and come back about every 40 s: at least 61 changes so far.',
    );
    expect(words.sentence(exampleAlert('instanceCritical'), when)).toBe(
      '2 of 5 instances have been critical for longer than 2 min.',
    );
    expect(words.sentence(exampleAlert('lostNode'), when)).toBe(
      'serfHealth is critical, and with it 3 services that run here.',
    );
    expect(words.sentence(exampleAlert('lost'), when)).toBe(
      'There is no answer since 03:00: what is shown of it is from then.',
    );
  });

  it('say likely causes with their numbers', () => {
    const { evidence } = exampleAlert('flapping');
    if (evidence.kind !== 'flapping') throw new Error('It flaps.');
    expect(evidence.causes.map(words.cause)).toEqual([
      'A check may take 10 s and is executed every 10 s: a slow answer looks like a fall.',
      'On node n1 4 of 4 instances flap, elsewhere 0 of 2: look at the node.',
    ]);
  });
});

describe.each([
  ['English', en],
  ['Chinese', zh],
])('the %s words', (_, text) => {
  const { words } = text.alerts;

  it('are there for each kind of evidence, over or not', () => {
    for (const name of names) {
      for (const state of ['firing', 'resolved'] as const) {
        const alert = exampleAlert(name, { state });
        const said = [words.title(alert), words.line(alert, when), words.sentence(alert, when)];
        expect(said.every((one) => one.trim() !== '' && !/undefined|null|NaN/.test(one))).toBe(true);
      }
    }
  });

  it('make what is invisible in a name visible', () => {
    const { subject } = exampleAlert('flapping');
    const hostile = exampleAlert('flapping', { subject: { ...subject, name: 'a\u202eb\u0000' } });
    expect(words.title(hostile)).toContain('a⟨U+202E⟩b␀');
  });
});

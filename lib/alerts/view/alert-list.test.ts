import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertRecord, AlertState } from '@/lib/alerts/alert-body';
import { ALERT_STATES, FROM_GRAVE } from '@/lib/alerts/alert-state';
import { exampleAlert, exampleRecords } from '@/lib/alerts/example-alerts';
import { firingCount, openCount } from './alert-counts';
import { type AlertLine, type AlertListOptions, alertList, RESOLVED_AT_FIRST } from './alert-list';
import { compareAlerts } from './alert-order';

const all: AlertListOptions = { state: null, dc: null, matches: null, toggled: new Set() };
const said = (lines: readonly AlertLine[]): string[] =>
  lines.map((line) => {
    if (line.kind === 'group') return `# ${line.group} ${line.count}`;
    if (line.kind === 'alert') return `${line.inside ? '  ' : ''}${line.alert.id}`;
    return `${line.kind} ${line.count} ${line.open ? 'open' : 'folded'}`;
  });
const over = (n: number): AlertRecord =>
  exampleAlert('instanceCritical', {
    id: `Over:dc1/s${n}`,
    state: 'resolved',
    resolvedAt: new Date(Date.UTC(2026, 0, 15, 4, n)).toISOString(),
  });

describe('the list of alerts', () => {
  it('is by state, the worst first, what a greater one explains folded under it, and the watchdog at its end', () => {
    expect(said(alertList(exampleRecords(), all).lines)).toEqual([
      '# firing 9',
      'DatacenterLost:dc4',
      'MassDisappearance:dc5',
      'NoLeader:dc3',
      'NoHealthyInstance:dc1/pay',
      'ServiceHalfCritical:dc1/cart',
      'CertificateExpiry:dc1',
      'NodeCritical:dc1/n7',
      'inside 1 folded',
      'Flapping:dc2/search',
      'InstanceCritical:dc1/web',
      '# watchdog 1',
      'Watchdog:lictor',
    ]);
  });

  it('opens a fold that is turned over, and those in which a filter finds something', () => {
    const toggled = new Set(['inside NodeCritical:dc1/n7']);
    expect(said(alertList(exampleRecords(), { ...all, toggled }).lines)).toContain('  InstanceCritical:dc1/api');
    const matches = ({ subject }: AlertRecord) => subject.name === 'api' || subject.kind === 'node';
    expect(said(alertList(exampleRecords(), { ...all, matches }).lines)).toEqual([
      '# firing 1',
      'NodeCritical:dc1/n7',
      'inside 1 open',
      '  InstanceCritical:dc1/api',
    ]);
  });

  it('shows what is suppressed by itself where its cause is not in the list, or where that is what was asked for', () => {
    const matches = ({ subject }: AlertRecord) => subject.name === 'api';
    const alone = ['# suppressed 1', 'InstanceCritical:dc1/api'];
    expect(said(alertList(exampleRecords(), { ...all, matches }).lines)).toEqual(alone);
    expect(said(alertList(exampleRecords(), { ...all, state: 'suppressed' }).lines)).toEqual(alone);
  });

  it('has what is pending inside of its cause as well: it is no trouble of its own', () => {
    const waits = exampleAlert('explained', { state: 'pending', suppressedBy: 'NodeCritical:dc1/n7' });
    const node = exampleAlert('lostNode');
    const { lines, open } = alertList([waits, node], all);
    expect(said(lines)).toEqual(['# firing 1', 'NodeCritical:dc1/n7', 'inside 1 folded']);
    expect(open).toBe(1);
  });

  it('counts what matches whatever state is chosen, and never the watchdog', () => {
    const { counts, lines, open } = alertList(exampleRecords(), { ...all, dc: 'dc1', state: 'pending' });
    expect(counts).toMatchObject({ firing: 5, suppressed: 1, pending: 0 });
    expect(open).toBe(5);
    expect(lines).toEqual([]);
    expect(firingCount(exampleRecords())).toEqual({ firing: 9, critical: 5 });
  });

  it('folds what is over after the latest, and shows all of it when asked', () => {
    const many = Array.from({ length: RESOLVED_AT_FIRST + 3 }, (_, n) => over(n));
    const folded = said(alertList(many, all).lines);
    expect(folded).toHaveLength(RESOLVED_AT_FIRST + 2);
    expect([folded[1], folded.at(-1)]).toEqual(['Over:dc1/s7', 'more 3 folded']);
    expect(said(alertList(many, { ...all, state: 'resolved' }).lines)).toHaveLength(RESOLVED_AT_FIRST + 4);
    expect(said(alertList(many, { ...all, toggled: new Set(['more resolved']) }).lines).at(-1)).toBe('more 3 open');
  });

  it('loses none and shows none twice, whatever the alerts are', () => {
    const some = fc.uniqueArray(
      fc.record({
        n: fc.integer({ min: 0, max: 40 }),
        state: fc.constantFrom<AlertState>(...ALERT_STATES),
        severity: fc.constantFrom(...FROM_GRAVE),
        cause: fc.option(fc.integer({ min: 0, max: 40 })),
      }),
      { selector: ({ n }) => n, maxLength: 30 },
    );
    const plain = exampleAlert('instanceCritical');
    fc.assert(
      fc.property(some, (made) => {
        const alerts = made.map(({ n, state, severity, cause }) => ({
          ...{ ...plain, id: `A:${n}`, state, severity },
          suppressedBy:
            (state === 'suppressed' || state === 'pending') && cause !== null && cause !== n ? `A:${cause}` : null,
          resolvedAt: state === 'resolved' ? plain.since : null,
        }));
        const toggled = new Set(['more resolved', ...alerts.map(({ id }) => `inside ${id}`)]);
        const shown = alertList(alerts, { ...all, toggled }).lines.flatMap((line) =>
          line.kind === 'alert' ? [line.id] : [],
        );
        expect(shown.sort()).toEqual(alerts.map(({ id }) => id).sort());
        expect(openCount(alerts)).toBeLessThanOrEqual(alerts.length);
      }),
    );
  });
});

it('orders alerts totally: the same list whichever way it came', () => {
  const sorted = [...exampleRecords()].sort(compareAlerts);
  expect([...exampleRecords()].reverse().sort(compareAlerts)).toEqual(sorted);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertAnnotations, alertLabels } from './alert-labels';
import { exampleAlert } from './example-alerts';

describe('labels', () => {
  it('are what the alert is known by, and what its rule adds', () => {
    expect(alertLabels(exampleAlert('flapping'), { team: 'search' })).toEqual({
      alertname: 'Flapping',
      severity: 'warning',
      dc: 'dc2',
      service: 'search',
      lictor_alert: 'Flapping:dc2/search',
      team: 'search',
    });
    expect(alertLabels(exampleAlert('lostNode'), {})).toMatchObject({ dc: 'dc1', node: 'n7' });
    expect(alertLabels(exampleAlert('watchdog'), {})).toEqual({
      alertname: 'Watchdog',
      severity: 'info',
      lictor_alert: 'Watchdog:lictor',
    });
  });

  it('of a rule claim no identity, nor one that the alert does not have', () => {
    const claimed = { alertname: 'x', severity: 'info', dc: 'x', service: 'x', node: 'x', lictor_alert: 'x' };
    expect(alertLabels(exampleAlert('lost'), claimed)).toEqual(alertLabels(exampleAlert('lost'), {}));
  });

  it('are bounded, well-formed and different for different alerts, whatever the names are', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 3_000 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        const [left = {}, right = {}] = [one, other].map((text) => {
          const alert = exampleAlert('flapping');
          return alertLabels(
            { ...alert, id: `Flapping:${text}`, subject: { ...alert.subject, name: text } },
            { team: text },
          );
        });
        for (const value of Object.values(left)) {
          expect(value.length).toBeLessThanOrEqual(1_000);
          expect(value).not.toBe('');
          expect(value.isWellFormed()).toBe(true);
          expect(/\p{Cc}/u.test(value)).toBe(false);
        }
        if (left.lictor_alert === right.lictor_alert) expect(left).toEqual(right);
      }),
    );
    const long = 'n'.repeat(2_000);
    const ids = ['a', 'b'].map(
      (end) => alertLabels({ ...exampleAlert('flapping'), id: `${long}${end}` }, {}).lictor_alert,
    );
    expect(new Set(ids).size).toBe(2);
  });
});

describe('annotations', () => {
  it('tell since when, who acknowledged it, and what has its cause in it', () => {
    const acknowledged = { by: 'ada', at: '2026-01-15T03:05:00.000Z', note: 'looking' };
    expect(
      alertAnnotations({ ...exampleAlert('lostNode'), sinceAtLeast: true, acknowledged }, { runbook_url: 'https://x' }),
    ).toEqual({
      summary: 'Node n7 in dc1 is critical by serfHealth, with 7 instances of 3 services: api, cart, web.',
      runbook_url: 'https://x',
      since: '2026-01-15T03:00:00.000Z or before',
      acknowledged: 'by ada at 2026-01-15T03:05:00.000Z: looking',
      inside: '1 alert has this cause: InstanceCritical:dc1/api',
    });
  });

  it('leave a summary to the rule that has one, and a long list at its number', () => {
    const suppresses = Array.from({ length: 12 }, (_, index) => `a${index}`);
    const told = alertAnnotations(
      { ...exampleAlert('lostNode'), suppresses },
      { summary: 'Call ops.', since: 'never' },
    );
    expect(told).toMatchObject({
      summary: 'Call ops.',
      since: '2026-01-15T03:00:00.000Z',
      inside: '12 alerts have this cause: a0, a1, a2, a3, a4 and 7 more',
    });
  });
});

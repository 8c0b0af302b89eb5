import { describe, expect, it } from 'vitest';
import { exampleAlert, exampleRecords } from '@/lib/alerts/example-alerts';
import { firingAlerts, subjectAlerts } from './subject-alerts';

const records = exampleRecords();
const rules = (alerts: readonly { readonly rule: string }[]) => alerts.map(({ rule }) => rule);

describe('the alerts of what a page is about', () => {
  it('are those of a service, a node or a datacenter itself', () => {
    expect(rules(subjectAlerts(records, { kind: 'service', dc: 'dc2', name: 'search' }))).toEqual(['Flapping']);
    expect(subjectAlerts(records, { kind: 'service', dc: 'dc1', name: 'search' })).toEqual([]);
    expect(rules(subjectAlerts(records, { kind: 'node', dc: 'dc1', name: 'n7' }))).toEqual(['NodeCritical']);
    expect(rules(subjectAlerts(records, { kind: 'datacenter', dc: 'dc3' }))).toEqual(['NoLeader']);
  });

  it('are of an instance those that name it, and those of its node', () => {
    const of = (node: string, id: string) => rules(subjectAlerts(records, { kind: 'instance', dc: 'dc1', node, id }));
    expect(of('n1', 'search-2')).toEqual(['Flapping']);
    expect(of('n1', 'search-9')).toEqual([]);
    expect(of('n7', 'anything')).toEqual(['NodeCritical']);
  });

  it('are open, and what fires stands before what is explained', () => {
    const named = { kind: 'service', dc: 'dc1', name: 'api' } as const;
    const explained = exampleAlert('explained');
    expect(explained.state).toBe('suppressed');
    const firing = exampleAlert('explained', { id: 'Other:dc1/api', rule: 'Other', state: 'firing' });
    const over = exampleAlert('explained', { id: 'Over:dc1/api', rule: 'Over', state: 'resolved' });
    expect(rules(subjectAlerts([over, explained, firing], named))).toEqual(['Other', 'InstanceCritical']);
  });
});

describe('what fires', () => {
  it('leaves out what is silenced, explained, over or always so', () => {
    const silenced = exampleAlert('flapping', { id: 'S:dc2/a', rule: 'S', state: 'silenced' });
    const fires = rules(firingAlerts([...records, silenced], null));
    expect(fires).not.toContain('S');
    expect(fires).not.toContain('Watchdog');
    expect(fires.filter((rule) => rule === 'InstanceCritical')).toHaveLength(1);
    expect(fires[0]).not.toBe('Flapping');
  });

  it('is what fires in the datacenter that is looked at, and of Lictor’s own', () => {
    const own = exampleAlert('expiry', {
      id: 'X:lictor',
      rule: 'X',
      subject: { kind: 'lictor', key: 'lictor', dc: '', name: 'lictor' },
    });
    expect(rules(firingAlerts([...records, own], 'dc2'))).toEqual(['Flapping', 'X']);
  });

  it('puts what somebody looks after last', () => {
    const taken = exampleAlert('noHealthyInstance', { state: 'acknowledged' });
    const alerts = [taken, exampleAlert('flapping')];
    expect(rules(firingAlerts(alerts, null))).toEqual(['Flapping', 'NoHealthyInstance']);
  });
});

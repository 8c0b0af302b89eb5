import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Caused, Causes } from './cause-of';
import type { Condition } from './condition';
import { exampleEvidence as evidence, exampleCondition, exampleSubjects } from './example-alerts';
import { Explanations } from './explanations';

const { service, node, datacenter, lictor } = exampleSubjects;
const on = (...names: string[]) => ({ explainedBy: names.map((name) => node(name).key) });

const lost = exampleCondition('Lost', datacenter(), evidence['datacenter-lost']);
const vanished = exampleCondition('Vanished', datacenter(), evidence['mass-disappearance']);
const noLeader = exampleCondition('NoLeader', datacenter(), evidence['no-leader']);
const share = exampleCondition('Share', datacenter(), evidence['critical-share']);
const shareOfNode = exampleCondition('NodeShare', datacenter(), evidence['critical-share'], on('n1'));
const expiry = exampleCondition('Expiry', datacenter(), evidence.expiry);
const node1 = exampleCondition('Node', node('n1'), evidence['node-critical']);
const node2 = exampleCondition('Node', node('n2'), evidence['node-critical']);
const few = exampleCondition('Few', service('web'), evidence['few-healthy']);
const half = exampleCondition('Half', service('web'), evidence['critical-share']);
const critical = exampleCondition('Critical', service('web'), evidence.critical);
const flapping = exampleCondition('Flapping', service('web'), evidence.flapping);
const onNode1 = exampleCondition('Critical', service('api'), evidence.critical, on('n1'));
const onBoth = exampleCondition('Few', service('api'), evidence['few-healthy'], on('n1', 'n2'));
const elsewhere = exampleCondition('Critical', service('web', 'dc2'), evidence.critical);
const watchdog = exampleCondition('Watchdog', lictor, evidence.watchdog);

const firing = { isPending: () => false, isCalled: () => true };

function causes(...alerts: Condition[]): Record<string, string | null> {
  const all = new Causes(firing);
  for (const alert of alerts) all.add(alert);
  return Object.fromEntries(alerts.map((alert) => [alert.id, all.rootOf(alert)]));
}

describe('what tells the cause', () => {
  it('of everything in a datacenter is that it is lost, but not that something of it ends', () => {
    expect(causes(lost, vanished, noLeader, share, expiry, node1, few, flapping, elsewhere, watchdog)).toEqual({
      'Lost:dc1': null,
      'Vanished:dc1': 'Lost:dc1',
      'NoLeader:dc1': 'Lost:dc1',
      'Share:dc1': 'Lost:dc1',
      'Expiry:dc1': null,
      'Node:dc1/n1': 'Lost:dc1',
      'Few:dc1/web': 'Lost:dc1',
      'Flapping:dc1/web': 'Lost:dc1',
      'Critical:dc2/web': null,
      'Watchdog:lictor': null,
    });
  });

  it('of a sidecar is what is wrong with its service, in the same matter, and never another sidecar', () => {
    const of = (name: string) => ({ standsFor: service(name).key });
    const proxy = exampleCondition('Critical', service('web-sidecar-proxy'), evidence.critical, of('web'));
    const proxyFlaps = exampleCondition('Flapping', service('web-sidecar-proxy'), evidence.flapping, of('web'));
    const strange = exampleCondition('Critical', service('api'), evidence.critical, of('web-sidecar-proxy'));
    expect(causes(few, critical, proxy, proxyFlaps, strange)).toMatchObject({
      'Critical:dc1/web-sidecar-proxy': 'Few:dc1/web',
      'Flapping:dc1/web-sidecar-proxy': null,
      'Critical:dc1/api': null,
    });
    expect(causes(flapping, proxy, proxyFlaps)).toMatchObject({
      'Critical:dc1/web-sidecar-proxy': null,
      'Flapping:dc1/web-sidecar-proxy': 'Flapping:dc1/web',
    });
  });

  it('of a sidecar is asked again when its service’s alert comes and goes', () => {
    const proxy = exampleCondition('Critical', service('web-sidecar-proxy'), evidence.critical, {
      standsFor: service('web').key,
    });
    const explanations = new Explanations(firing);
    explanations.put(proxy);
    explanations.settle(() => {});
    explanations.put(critical);
    explanations.settle(() => {});
    expect(explanations.rootOf(proxy.id)).toBe(critical.id);
    explanations.remove(critical.id);
    explanations.settle(() => {});
    expect(explanations.rootOf(proxy.id)).toBeNull();
  });

  it('of services, nodes and the share, but not of a missing leader, is that they vanished together', () => {
    expect(causes(vanished, noLeader, share, node1, few)).toEqual({
      'Vanished:dc1': null,
      'NoLeader:dc1': null,
      'Share:dc1': 'Vanished:dc1',
      'Node:dc1/n1': 'Vanished:dc1',
      'Few:dc1/web': 'Vanished:dc1',
    });
  });

  it('of a service are its nodes, if all of them have an alert', () => {
    expect(causes(node1, onNode1, onBoth)).toMatchObject({ 'Critical:dc1/api': 'Node:dc1/n1', 'Few:dc1/api': null });
    expect(causes(node1, node2, onBoth)).toMatchObject({ 'Few:dc1/api': 'Node:dc1/n1' });
  });

  it('of services is their datacenter’s share, and its own cause where it has one', () => {
    expect(causes(share, node1, few, flapping)).toEqual({
      'Share:dc1': null,
      'Node:dc1/n1': null,
      'Few:dc1/web': 'Share:dc1',
      'Flapping:dc1/web': 'Share:dc1',
    });
    expect(causes(shareOfNode, node1, few)).toMatchObject({
      'NodeShare:dc1': 'Node:dc1/n1',
      'Few:dc1/web': 'Node:dc1/n1',
    });
  });

  it('of one service is the broadest; that it flaps is another story', () => {
    expect(causes(critical, flapping, half, few)).toEqual({
      'Critical:dc1/web': 'Few:dc1/web',
      'Flapping:dc1/web': null,
      'Half:dc1/web': 'Few:dc1/web',
      'Few:dc1/web': null,
    });
    expect(causes(critical, half)).toMatchObject({ 'Critical:dc1/web': 'Half:dc1/web', 'Half:dc1/web': null });
  });

  it('that is only pending holds back who is to be called, and takes back nobody who was', () => {
    const rootOf = (alert: Condition, called: readonly Condition[], pending: readonly Condition[]) => {
      const among = (alerts: readonly Condition[]) => (id: string) => alerts.some((one) => one.id === id);
      const all = new Causes({ isPending: among(pending), isCalled: among(called) });
      for (const one of [lost, share, node1, node2, onBoth, few, critical]) all.add(one);
      return all.rootOf(alert);
    };
    expect(rootOf(few, [], [lost, share])).toBe('Lost:dc1');
    // A share that nobody is told of, for a lost datacenter is about to tell its cause, tells nothing.
    expect(rootOf(few, [few], [lost])).toBeNull();
    expect(rootOf(few, [few, share], [lost])).toBe('Share:dc1');
    expect(rootOf(few, [few], [lost, share])).toBeNull();
    expect(rootOf(critical, [critical, few], [lost, share])).toBe('Few:dc1/web');
    // One of two nodes is not told of yet.
    expect(rootOf(onBoth, [onBoth, node1, node2], [lost, node2, share])).toBeNull();
    expect(rootOf(onBoth, [onBoth, node1, node2], [lost, share])).toBe('Node:dc1/n1');
  });

  it('is never a service that is named like a node', () => {
    const named = exampleCondition('Critical', service('n1'), evidence.critical);
    expect(causes(named, onNode1)).toMatchObject({ 'Critical:dc1/api': null });
  });
});

it('is kept as alerts come and go as it would be found afresh', () => {
  const all: readonly Caused[] = [
    ...[lost, vanished, noLeader, share, shareOfNode, expiry, node1, node2, few, half, critical, flapping],
    ...[onNode1, onBoth, elsewhere, watchdog],
  ];
  const steps = fc.array(fc.tuple(fc.constantFrom(...all), fc.boolean(), fc.boolean()), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(steps, (told) => {
      const pending = new Set<string>();
      const standing = { isPending: (id: string) => pending.has(id), isCalled: (id: string) => id.length % 2 === 0 };
      const kept = new Explanations(standing);
      const present = new Map<string, Caused>();
      const seen = new Map<string, string>();
      const look = (id: string) => JSON.stringify([kept.rootOf(id), [...kept.inside(id)].sort()]);
      for (const [alert, isThere, settles] of told) {
        if (isThere) {
          if (present.has(alert.id)) {
            pending.delete(alert.id);
            kept.fired(alert.id);
          } else {
            pending.add(alert.id);
            kept.put(alert);
          }
          present.set(alert.id, alert);
        } else {
          kept.remove(alert.id);
          present.delete(alert.id);
        }
        if (!settles) continue;
        const changed = new Set<string>();
        kept.settle((id) => changed.add(id));
        const afresh = new Causes(standing);
        for (const one of present.values()) afresh.add(one);
        for (const { id } of all) {
          const one = present.get(id);
          expect([id, kept.rootOf(id)]).toEqual([id, one ? afresh.rootOf(one) : null]);
          if (!changed.has(id)) expect(look(id)).toBe(seen.get(id) ?? '[null,[]]');
          seen.set(id, look(id));
        }
      }
    }),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Condition } from '@/lib/alerts/condition';
import type { FlapFacts, InstanceFacts } from '@/lib/alerts/facts';
import type { Status } from '@/lib/fleet/model';
import {
  exampleDatacenterFacts,
  exampleNodeFacts,
  exampleRule,
  exampleInstanceFacts as instance,
  exampleServiceFacts as service,
} from './example-facts';
import { RuleEvaluator } from './rule-evaluator';

const critical = exampleRule({ alert: 'Critical', when: 'instance-critical', for: 120_000 });
const few = exampleRule({ alert: 'Few', when: 'few-healthy', least: 2 });
const half = exampleRule({ alert: 'Half', when: 'service-critical-share', above: 50, at_least: 2 });
const share = exampleRule({ alert: 'Share', when: 'datacenter-critical-share', above: 20 });
const lostNode = exampleRule({ alert: 'Node', when: 'node-critical' });
const flapping = exampleRule({ alert: 'Flaps', when: 'flapping' });

const ids = (conditions: readonly Condition[]): string[] => conditions.map(({ id }) => id);
const evidenceOf = (conditions: readonly Condition[]) => conditions[0]?.evidence;
const began = (conditions: readonly Condition[]) => conditions.map(({ sinceMs }) => sinceMs);

const flaps: FlapFacts = {
  sinceMs: 5_000,
  nodes: ['dc1/a'],
  evidence: {
    ...{ kind: 'flapping', scales: [], changes: 6, atLeast: false, periodMs: null, causes: [], members: [] },
    ...{ flapping: 1, all: 2 },
  },
};

it('says of a service once that instances of it are critical, with each of them and since the first', () => {
  const evaluator = new RuleEvaluator([critical]);
  const facts = service('web', [
    instance('1', 'critical', { sinceMs: 9_000 }),
    instance('2', 'critical', { sinceMs: 4_000 }),
    instance('3', 'passing'),
    instance('4', 'maintenance'),
  ]);
  const [condition, ...more] = evaluator.service(facts, 10_000);
  expect(more).toEqual([]);
  expect(condition).toMatchObject({ id: 'Critical:dc1/web', sinceMs: 4_000, forMs: 120_000, explainedBy: [] });
  // What is in maintenance is no part of all.
  expect(condition?.evidence).toMatchObject({ kind: 'critical', critical: 2, all: 3, longerThanMs: 120_000 });
  expect(condition?.evidence).toHaveProperty('instances.0.check', 'http');
  expect(evaluator.service(service('web', [instance('1', 'passing')]), 11_000)).toEqual([]);
});

it('says that few are healthy since the instance fell by which they became few, and goes on from there when another one goes', () => {
  const evaluator = new RuleEvaluator([few]);
  const three = (a: Status, b: Status, c: Status) => [
    instance('1', a, { sinceMs: 1_000 }),
    instance('2', b, { sinceMs: 2_000 }),
    instance('3', c, { sinceMs: 3_000 }),
  ];
  expect(evaluator.service(service('web', three('critical', 'passing', 'warning')), 3_000)).toEqual([]);
  const two = evaluator.service(service('web', three('critical', 'critical', 'warning')), 3_000);
  expect(evidenceOf(two)).toEqual({ kind: 'few-healthy', healthy: 1, least: 2, all: 3 });
  expect(began(two)).toEqual([2_000]);
  // The second one goes: by the first alone it would have begun earlier.
  const left = [instance('1', 'critical', { sinceMs: 1_000 }), instance('3', 'warning', { sinceMs: 3_000 })];
  expect(began(evaluator.service(service('web', left), 4_000))).toEqual([2_000]);
});

it('says that few are left since it was told so, where no instance fell', () => {
  const evaluator = new RuleEvaluator([few]);
  expect(evaluator.service(service('web', [instance('1', 'passing'), instance('2', 'passing')]), 5_000)).toEqual([]);
  const [condition] = evaluator.service(service('web', [instance('1', 'passing')]), 6_000);
  expect(condition).toMatchObject({ sinceMs: 6_000, sinceAtLeast: false });
  // Of what was never told before nobody saw it begin.
  const [first] = new RuleEvaluator([few]).service(service('web', [instance('1', 'passing')]), 6_000);
  expect(first).toMatchObject({ sinceMs: 6_000, sinceAtLeast: true });
});

it('does not take for unhealthy what is unknown, nor few for a service that is in maintenance as a whole or has no instance', () => {
  const evaluator = new RuleEvaluator([few, half]);
  for (const statuses of [['unknown', 'passing'], ['unknown', 'unknown', 'critical'], ['maintenance'], []] as const) {
    const facts = service(
      'web',
      [...statuses].map((status, at) => instance(String(at), status)),
    );
    expect(ids(evaluator.service(facts, 0))).toEqual([]);
  }
});

it('says that a share is critical where it is above the limit, not at it, and where there are as many as asked for', () => {
  const evaluator = new RuleEvaluator([half]);
  const of = (criticals: number, all: number) =>
    Array.from({ length: all }, (_, at) =>
      instance(String(at), at < criticals ? 'critical' : 'passing', { sinceMs: at }),
    );
  const told = (criticals: number, all: number) => evaluator.service(service('web', of(criticals, all)), 0);
  expect(told(2, 4)).toEqual([]);
  expect(evidenceOf(told(3, 4))).toEqual({ kind: 'critical-share', critical: 3, all: 4, share: 75, above: 50 });
  // By the third of four.
  expect(began(told(3, 4))).toEqual([2]);
  expect(told(1, 1)).toEqual([]);
});

it('names the nodes that explain a service: where all that is critical of it is so by them', () => {
  const evaluator = new RuleEvaluator([critical, lostNode]);
  expect(ids(evaluator.node(exampleNodeFacts('a', 'critical')))).toEqual(['Node:dc1/a']);
  const onA = instance('1', 'critical', { node: 'a' });
  const byB = instance('2', 'critical', { node: 'b', ownCheck: false });
  const own = instance('3', 'critical', { node: 'c' });
  const explained = (...instances: InstanceFacts[]) => evaluator.service(service('web', instances), 0)[0]?.explainedBy;
  expect(explained(onA)).toEqual(['dc1/a']);
  expect(explained(onA, byB)).toEqual(['dc1/a', 'dc1/b']);
  expect(explained(onA, byB, own)).toEqual([]);
  evaluator.node(exampleNodeFacts('a', 'passing'));
  expect(explained(onA)).toEqual([]);
});

it('asks a rule about what it chooses alone', () => {
  const tagged = (tags: string[]) => ({ ...instance('1', 'critical'), tags });
  const evaluator = new RuleEvaluator([{ ...critical, where: 'tag:pay not dc:dc2' }]);
  expect(ids(evaluator.service(service('web', [tagged(['pay'])]), 0))).toEqual(['Critical:dc1/web']);
  expect(evaluator.service(service('web', [tagged(['pay'])], { dc: 'dc2' }), 0)).toEqual([]);
  expect(evaluator.service(service('web', [tagged([])]), 0)).toEqual([]);
  expect(() => new RuleEvaluator([{ ...critical, where: 'since:>1h' }])).toThrow(/Critical/);
});

it('tells flaps of services and of nodes, and of nodes only where its filter fits them', () => {
  const told = (where: string) => {
    const evaluator = new RuleEvaluator([{ ...flapping, where }]);
    const node = evaluator.node(exampleNodeFacts('a', 'passing', { flaps }));
    return [...node, ...evaluator.service(service('web', [instance('1', 'passing')], { flaps }), 0)];
  };
  expect(ids(told(''))).toEqual(['Flaps:dc1/a', 'Flaps:dc1/web']);
  expect(ids(told('dc:dc1'))).toEqual(['Flaps:dc1/a', 'Flaps:dc1/web']);
  expect(ids(told('critical:0'))).toEqual(['Flaps:dc1/web']);
  expect(told('')[1]).toMatchObject({ explainedBy: ['dc1/a'], sinceMs: 5_000 });
});

it('tells what is the matter with a datacenter', () => {
  const rules = [
    exampleRule({ alert: 'NoLeader', when: 'no-leader' }),
    exampleRule({ alert: 'Lost', when: 'datacenter-lost' }),
    exampleRule({ alert: 'Mass', when: 'mass-disappearance' }),
  ];
  const evaluator = new RuleEvaluator(rules);
  const told = (parts: Parameters<typeof exampleDatacenterFacts>[0]) =>
    evaluator.datacenter(exampleDatacenterFacts(parts), 100_000);
  expect(told({})).toEqual([]);
  const leaderless = told({ freshness: 'stale', hasLeader: false, noLeaderSinceMs: 90_000 });
  expect(leaderless).toMatchObject([{ id: 'NoLeader:dc1', sinceMs: 90_000 }]);
  const lost = told({ freshness: 'lost', freshnessSinceMs: 95_000, lastContactMs: 20_000 });
  expect(lost).toMatchObject([{ id: 'Lost:dc1', sinceMs: 95_000 }]);
  expect(evidenceOf(lost)).toHaveProperty('lastContactAt', new Date(80_000).toISOString());
  const unconfirmed = { instances: 40, nodes: 4, sinceMs: 99_000, reason: 'Too many.' };
  expect(ids(told({ unconfirmed }))).toEqual(['Mass:dc1']);
  // A share is asked again with what was told last.
  expect(ids(evaluator.datacenterShare('dc1', 100_000))).toEqual(['Mass:dc1']);
});

it('tells of each thing that ends within the time, and of the datacenters that the rule chooses', () => {
  const day = 86_400_000;
  const rule = exampleRule({ alert: 'Expiry', when: 'certificate-expiry', within: 14 * day, where: 'not dc:dc2' });
  const evaluator = new RuleEvaluator([rule]);
  const ends = (id: string, days: number) => ({
    ...{ id, what: 'certificate' as const, name: id, dc: 'dc1' },
    expiresAtMs: days * day,
  });
  const facts = [ends('a', 13), ends('b/c', 14), ends('d', 15), { ...ends('e', 1), what: 'token' as const }];
  expect(ids(evaluator.expiries('dc1', facts, 0))).toEqual(['Expiry:lictor/a', 'Expiry:lictor/b%2Fc']);
  expect(evaluator.expiries('dc2', facts, 0)).toEqual([]);
});

it('has a watchdog that is there since it was first asked', () => {
  const evaluator = new RuleEvaluator([exampleRule({ alert: 'Watchdog', when: 'watchdog' })]);
  expect(began(evaluator.lictor(7))).toEqual([7]);
  expect(began(evaluator.lictor(900))).toEqual([7]);
});

it('keeps the share of a datacenter in step with whatever its services do', () => {
  const statuses = fc.array(fc.constantFrom<Status>('passing', 'critical', 'maintenance', 'unknown', 'warning'), {
    maxLength: 6,
  });
  const step = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'batch'), statuses: fc.option(statuses) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const evaluator = new RuleEvaluator([{ ...share, where: 'not name=batch' }]);
      const present = new Map<string, readonly Status[]>();
      for (const [nowMs, { name, statuses: next }] of steps.entries()) {
        if (next === null) {
          evaluator.noService('dc1', name);
          present.delete(name);
        } else {
          evaluator.service(
            service(
              name,
              next.map((status, at) => instance(String(at), status, { sinceMs: nowMs })),
            ),
            nowMs,
          );
          present.set(name, next);
        }
        const counted = [...present].flatMap(([of, all]) => (of === 'batch' ? [] : all));
        const judged = counted.filter((status) => status !== 'maintenance').length;
        const criticals = counted.filter((status) => status === 'critical').length;
        const [condition] = evaluator.datacenterShare('dc1', nowMs);
        if (judged === 0 || (100 * criticals) / judged <= 20) expect(condition).toBeUndefined();
        else expect(condition?.evidence).toMatchObject({ critical: criticals, all: judged });
      }
      evaluator.noDatacenter('dc1');
      expect(evaluator.datacenterShare('dc1', 99)).toEqual([]);
    }),
  );
});

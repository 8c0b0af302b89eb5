import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instanceKey } from '@/lib/fleet/keys';
import { compareText } from '@/lib/fleet/observe-checks';
import { applyToNode, applyToService } from './apply-transition';
import { nodeTransitions } from './node-transitions';
import type { RecordedCheck, RecordedInstance, RecordedNode } from './recorded';
import { type ServiceState, serviceTransitions } from './service-transitions';

const ORIGIN = { observedAtMs: 1_000, index: 7, merged: false, unwatchedFromMs: null };

const status = fc.constantFrom('passing', 'warning', 'critical', 'maintenance', 'unknown');
const word = fc.constantFrom('', '1.0', '2.0', "x'; drop table", '__proto__', '\u{fffd}"');
const checksOf = (scope: RecordedCheck['scope']) =>
  fc.uniqueArray(
    fc.record({
      id: word,
      scope: fc.constant(scope),
      status: fc.constantFrom('passing' as const, 'warning' as const, 'critical' as const),
    }),
    { selector: ({ id }) => id, maxLength: 3 },
  );
const sortedChecks = (checks: readonly RecordedCheck[]) => [...checks].sort((a, b) => compareText(a.id, b.id));
const meta = fc.uniqueArray(fc.tuple(word, word), { selector: ([key]) => key }).map(Object.fromEntries);

const instance: fc.Arbitrary<RecordedInstance> = fc
  .record({
    ...{ id: fc.constantFrom('a', 'b', 'c/d'), node: fc.constantFrom('n1', 'n2'), address: word, port: fc.nat(9) },
    ...{ version: word, tags: fc.array(word, { maxLength: 2 }), meta, status, checks: checksOf('service') },
    weights: fc.record({ passing: fc.nat(3), warning: fc.nat(3) }),
  })
  .map((one) => ({ ...one, key: instanceKey('dc1', one.node, one.id), checks: sortedChecks(one.checks) }));

const service: fc.Arbitrary<ServiceState | undefined> = fc.option(
  fc.record({
    status,
    instances: fc
      .uniqueArray(instance, { selector: ({ key }) => key, maxLength: 5 })
      .map((all) => all.sort((a, b) => compareText(a.key, b.key))),
  }),
  { nil: undefined },
);

const node: fc.Arbitrary<RecordedNode | undefined> = fc.option(
  fc
    .record({ name: fc.constant('n1'), address: word, meta, status, checks: checksOf('node') })
    .map((one) => ({ ...one, checks: sortedChecks(one.checks) })),
  { nil: undefined },
);

const web = (version: string, id = 'web'): RecordedInstance => ({
  ...{ key: instanceKey('dc1', 'n1', id), id, node: 'n1', address: '10.0.0.1', port: 80, version, tags: [], meta: {} },
  ...{ weights: { passing: 1, warning: 1 }, status: 'passing', checks: [] },
});

const words = (previous: ServiceState | undefined, next: ServiceState | undefined) =>
  serviceTransitions('dc1', 'web', previous, next, ORIGIN).map(({ subject, kind, item, from, to }) =>
    [subject.key, kind, item, from, to].filter((part) => part !== null).join(' '),
  );

describe('a service', () => {
  test('folding the difference of two states over the first gives the second, and without a difference there is nothing', () => {
    fc.assert(
      fc.property(service, service, (previous, next) => {
        const transitions = serviceTransitions('dc1', 'web', previous, next, ORIGIN);
        expect(transitions.reduce(applyToService, previous)).toEqual(next);
        expect(serviceTransitions('dc1', 'web', next, structuredClone(next), ORIGIN)).toEqual([]);
      }),
    );
  });

  test('comes before its instances and goes after them', () => {
    const there: ServiceState = { status: 'passing', instances: [web('1.0')] };
    expect(words(undefined, there).map((line) => line.split(' ').slice(0, 2))).toEqual([
      ['dc1/web', 'registered'],
      ['dc1/n1/web', 'registered'],
    ]);
    expect(words(there, undefined)).toEqual(['dc1/n1/web deregistered passing', 'dc1/web deregistered passing']);
  });

  test('is deployed with each version that none of its instances had, and not with its first ones', () => {
    const at = (...versions: string[]): ServiceState => ({
      status: 'passing',
      instances: versions.map((version, number) => web(version, `web-${number}`)),
    });
    expect(words(at('1.0', '1.1'), at('1.1', '2.0')).at(-1)).toBe('dc1/web deployment 1.0, 1.1 2.0');
    expect(words(at('1.0', '2.0'), at('2.0', '2.0')).join()).not.toContain('deployment');
    expect(words({ status: 'unknown', instances: [] }, at('1.0')).join()).not.toContain('deployment');
  });

  test('of an instance whose checks print something else nothing is said', () => {
    const output = (text: string): ServiceState => ({
      status: 'passing',
      instances: [{ ...web('1.0'), checks: [{ ...check('http'), output: text } as RecordedCheck] }],
    });
    expect(words(output('up 3 s'), output('up 4 s'))).toEqual([]);
  });

  test('a check of the node is told at the node, and only the sum at the instance', () => {
    const lost: ServiceState = {
      status: 'critical',
      instances: [{ ...web('1.0'), status: 'critical', checks: [{ ...check('serfHealth'), scope: 'node' }] }],
    };
    expect(words({ status: 'passing', instances: [web('1.0')] }, lost)).toEqual([
      'dc1/n1/web status passing critical',
      'dc1/web status passing critical',
    ]);
  });
});

describe('a node', () => {
  test('folding the difference of two states over the first gives the second, and without a difference there is nothing', () => {
    fc.assert(
      fc.property(node, node, (previous, next) => {
        const transitions = nodeTransitions('dc1', previous, next, ORIGIN);
        expect(transitions.reduce(applyToNode, previous)).toEqual(next);
        expect(nodeTransitions('dc1', next, structuredClone(next), ORIGIN)).toEqual([]);
      }),
    );
  });
});

function check(id: string): RecordedCheck {
  return { id, scope: 'service', status: 'critical' };
}

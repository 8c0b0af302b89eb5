import { expect, test } from 'vitest';
import type { ObservedCheck } from './observation';
import { observeService, withNodeChecks } from './observe-service';

const AT = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-01T00:00:05.000Z';
const named = { dc: 'dc1', name: 'web' };

const check = (id: string, scope: 'node' | 'service', status: ObservedCheck['status']): ObservedCheck => ({
  ...{ id, scope, status, name: id, type: '', output: '', notes: '' },
});

function web() {
  const instances = ['n1', 'n2'].map((node) => ({
    ...{ id: `web-${node}`, node, address: '10.0.0.1', port: 80, tags: [], meta: {} },
    weights: { passing: 1, warning: 1 },
    checks: [check('serfHealth', 'node', 'passing'), check('web', 'service', 'passing')],
  }));
  const seen = { ...named, instances, unreadable: [], versionMetaKeys: [], at: AT, afterGap: true };
  return observeService(undefined, seen);
}

test('a failing check of a node turns the instances on it, and no others', () => {
  const lost = withNodeChecks(web(), named, 'n1', [check('serfHealth', 'node', 'critical')], {
    at: LATER,
    afterGap: false,
  });
  expect(lost.instances.map(({ node, status, since, sinceAtLeast }) => [node, status, since, sinceAtLeast])).toEqual([
    ['n1', 'critical', LATER, false],
    ['n2', 'passing', AT, true],
  ]);
  expect(lost.service).toMatchObject({ status: 'critical', critical: 1, passing: 1, worst: { check: 'serfHealth' } });
});

test('what does not differ, another node, or a check that no instance has changes nothing', () => {
  const before = web();
  const sighting = { at: LATER, afterGap: false };
  for (const [node, id, scope] of [
    ['n1', 'serfHealth', 'node'],
    ['n3', 'serfHealth', 'node'],
    ['n1', 'disk', 'node'],
  ] as const) {
    const status = node === 'n1' && id === 'serfHealth' ? 'passing' : 'critical';
    expect(withNodeChecks(before, named, node, [check(id, scope, status)], sighting)).toBe(before);
  }
});

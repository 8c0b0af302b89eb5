import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instanceKey } from '@/lib/fleet/keys';
import type { RecordedInstance, RecordedNode } from './recorded';
import { instanceJson, nodeJson, parseInstance, parseNode } from './recorded-json';

const web: RecordedInstance = {
  ...{ key: instanceKey('dc1', 'n/1', 'web 1'), id: 'web 1', node: 'n/1', address: '10.0.0.1', port: 80 },
  ...{ version: '1.0', tags: ['b', 'a'], meta: { b: '2', a: '1' }, weights: { passing: 1, warning: 1 } },
  status: 'critical',
  checks: [
    { id: 'serfHealth', scope: 'node', status: 'passing' },
    { id: 'web', scope: 'service', status: 'critical' },
  ],
};

test('an instance is read back from its key and its text, without the checks of its node', () => {
  const checks = web.checks.filter(({ scope }) => scope === 'service');
  expect(parseInstance(web.key, instanceJson(web))).toEqual({ ...web, checks });
});

test('a node is read back with its checks', () => {
  const node: RecordedNode = {
    ...{ name: 'n/1', address: '10.0.0.1', meta: { rack: 'a' }, status: 'warning' },
    checks: [{ id: 'disk', scope: 'node', status: 'warning' }],
  };
  expect(parseNode('n/1', nodeJson(node))).toEqual(node);
});

test('the same content is the same text, in whatever order metadata and checks come', () => {
  const other = { ...web, meta: { a: '1', b: '2' }, checks: [...web.checks].reverse() };
  expect(instanceJson(other)).toBe(instanceJson(web));
});

test('whatever stands in names, tags and metadata comes back as it was', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, fc.array(text), fc.dictionary(text, text), (version, tags, meta) => {
      const instance = { ...web, version, tags, meta };
      const back = parseInstance(web.key, instanceJson(instance));
      expect([back.version, back.tags, back.meta]).toEqual([version, tags, { ...meta }]);
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleInstance } from '@/lib/history/example-transition';
import { instanceSubject, nodeSubject, serviceSubject } from '@/lib/history/subjects';
import { FlappingMembers } from './flapping-members';

const one = instanceSubject('dc1', 'web', exampleInstance('a', 'web-1'));
const other = instanceSubject('dc1', 'web', exampleInstance('b', 'web-2'));
const web = { kind: 'service', dc: 'dc1', name: 'web' } as const;

test('an instance whose checks flap counts by its checks, one that flaps in sum alone as one, and the service itself not at all', () => {
  const members = new FlappingMembers();
  for (const item of [null, 'http', 'tcp']) members.take({ edge: 'begins', subject: one, item });
  members.take({ edge: 'begins', subject: other, item: null });
  members.take({ edge: 'begins', subject: serviceSubject('dc1', 'web'), item: null });
  expect([members.count('dc1', 'web'), members.sum('dc1'), members.of(web).length]).toEqual([3, 3, 5]);
  members.take({ edge: 'ends', subject: one, item: 'tcp' });
  members.take({ edge: 'ends', subject: one, item: 'http' });
  expect(members.count('dc1', 'web')).toBe(2);
});

test('a node and its checks are the node’s, and no service counts them', () => {
  const members = new FlappingMembers();
  const subject = nodeSubject('dc1', 'a');
  expect(members.take({ edge: 'begins', subject, item: 'disk' })).toEqual({ kind: 'node', dc: 'dc1', name: 'a' });
  expect([members.sum('dc1'), members.instancesOn('dc1', 'a')]).toEqual([0, 0]);
});

test('instances are counted on their nodes once, whatever of them flaps', () => {
  const members = new FlappingMembers();
  members.take({ edge: 'begins', subject: one, item: null });
  members.take({ edge: 'begins', subject: one, item: 'http' });
  members.take({ edge: 'begins', subject: other, item: 'http' });
  expect([members.instancesOn('dc1', 'a'), members.instancesIn('dc1'), members.instancesIn('dc')]).toEqual([1, 2, 0]);
  members.take({ edge: 'ends', subject: one, item: null });
  expect(members.instancesOn('dc1', 'a')).toBe(1);
});

test('whatever begins and ends, also twice, the count is that of what flaps', () => {
  const subjects = [one, other];
  const edges = fc.array(
    fc.record({
      edge: fc.constantFrom('begins' as const, 'ends' as const),
      subject: fc.constantFrom(...subjects),
      item: fc.constantFrom(null, 'http', 'tcp'),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(edges, (all) => {
      const members = new FlappingMembers();
      const flaps = new Set<string>();
      for (const edge of all) {
        members.take(edge);
        const name = `${edge.subject.key} ${edge.item}`;
        if (edge.edge === 'begins') flaps.add(name);
        else flaps.delete(name);
      }
      const countOf = (key: string) => {
        const own = [...flaps].filter((name) => name.startsWith(`${key} `));
        return own.length === 0 ? 0 : Math.max(1, own.filter((name) => !name.endsWith(' null')).length);
      };
      expect(members.count('dc1', 'web')).toBe(subjects.reduce((sum, { key }) => sum + countOf(key), 0));
      const flapping = subjects.filter(({ key }) => countOf(key) > 0).length;
      expect(members.instancesIn('dc1')).toBe(flapping);
    }),
  );
});

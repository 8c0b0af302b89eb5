import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statusSchema } from '@/lib/fleet/model';
import { exampleTopology } from '@/lib/topology/example-topology';
import type { EdgeKind, TopologyEdge, TopologyNode } from '@/lib/topology/topology-body';
import { keptIdentity } from './drawn';
import { drawsTheSame } from './draws-the-same';
import { exampleDraw } from './example-draw';
import { parseGrouping } from './grouping';

// More than are drawn at most, so that how they fare decides who is.
const body = exampleTopology(220, 300);
const at = fc.nat({ max: body.nodes.length - 1 });
const change: fc.Arbitrary<Partial<TopologyNode>> = fc.record(
  {
    status: fc.constantFrom(...statusSchema.options),
    kind: fc.constantFrom('service' as const, 'database' as const, 'absent' as const),
    flapping: fc.constantFrom(null, 0, 2),
    problem: fc.constantFrom(null, 'It does not compile.'),
    split: fc.constantFrom<Record<string, number> | null>(null, { a: 10, b: 90 }),
    failover: fc.constantFrom<string[]>([], ['dc2']),
    instances: fc.nat(3),
    passing: fc.nat(3),
    tags: fc.constantFrom<string[]>([], ['canary']),
    meta: fc.constantFrom<Record<string, string>>({}, { team: 'pay' }),
  },
  { requiredKeys: [] },
);
const edgeChange: fc.Arbitrary<Partial<TopologyEdge>> = fc.record(
  {
    observedAt: fc.constantFrom(null, '2026-01-15T03:00:00.000Z'),
    kinds: fc.constantFrom<EdgeKind[]>(['observed'], ['upstream', 'observed']),
    ratePerSecond: fc.nat(100),
  },
  { requiredKeys: [] },
);

test('where it is said that the same is drawn, the same is drawn, whatever is wished for', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(at, change), { maxLength: 3 }),
      fc.array(fc.tuple(at, edgeChange), { maxLength: 3 }),
      fc.constantFrom('service', 'tag', 'meta.team'),
      fc.constantFrom('all' as const, 'observed' as const, 'declared' as const),
      (changes, edgeChanges, group, edges) => {
        const nodes = [...body.nodes];
        for (const [place, more] of changes) nodes[place] = { ...(nodes[place] as (typeof nodes)[0]), ...more };
        const ways = [...body.edges];
        for (const [place, more] of edgeChanges) ways[place] = { ...(ways[place] as (typeof ways)[0]), ...more };
        const after = { ...body, nodes, edges: ways };
        if (!drawsTheSame(body, after)) return;
        const wishes = { edges, grouping: parseGrouping(group) ?? { by: 'service' as const } };
        const before = exampleDraw(body, wishes);
        expect(keptIdentity(before, exampleDraw(after, wishes))).toBe(before);
      },
    ),
    { numRuns: 300 },
  );
});

test('a service that only passes less is drawn the same, and one that falls ill is not', () => {
  const [first, ...rest] = body.nodes;
  if (!first) throw new Error('The example has services.');
  const as = (more: object) => ({ ...body, nodes: [{ ...first, ...more }, ...rest] });
  const well = as({ status: 'passing', flapping: 0 });
  expect(drawsTheSame(well, as({ status: 'passing', flapping: 0, passing: 1, versions: { v2: 1 } }))).toBe(true);
  expect(drawsTheSame(well, as({ status: 'critical', flapping: 0 }))).toBe(false);
  expect(drawsTheSame(well, { ...body, nodes: rest })).toBe(false);
});

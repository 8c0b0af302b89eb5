import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleShop, exampleTopology } from '@/lib/topology/example-topology';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { DRAWN_AT_MOST } from './draw-graph';
import { groupId, keptIdentity, restId } from './drawn';
import { exampleDraw } from './example-draw';
import { parseGrouping, suitableGrouping } from './grouping';

const membersOf = (graph: ReturnType<typeof exampleDraw>): string[] =>
  [...graph.nodes.values()].flatMap(({ members }) => members).sort();
const kinds = (graph: ReturnType<typeof exampleDraw>, kind: string) =>
  [...graph.nodes.values()].filter((node) => node.kind === kind);

/** A body with statuses put in place, the records of the others kept. */
const withStatus = (body: TopologyBody, status: Readonly<Record<string, 'critical' | 'passing'>>): TopologyBody => ({
  ...body,
  nodes: body.nodes.map((node) => (status[node.key] ? { ...node, status: status[node.key] ?? node.status } : node)),
});

const small = exampleTopology(40, 70);
const large = exampleTopology(600, 1_200);

const anyWishes = fc.record({
  hidden: fc.subarray(small.nodes.map(({ key }) => key)).map((keys) => new Set(keys)),
  dc: fc.constantFrom(null, 'dc1', 'dc2'),
  edges: fc.constantFrom('all' as const, 'observed' as const, 'declared' as const),
  grouping: fc
    .constantFrom('service', 'datacenter', 'tag', 'meta.team')
    .map((text) => parseGrouping(text) ?? { by: 'tag' as const }),
  focus: fc.option(
    fc.record({
      key: fc.constantFrom(...small.nodes.map(({ key }) => key)),
      up: fc.nat({ max: 4 }),
      down: fc.nat({ max: 4 }),
    }),
  ),
});

test('whatever is wished for, a service is drawn once at most, none that is hidden but the focus, and every edge leads from what is drawn to what is drawn', () => {
  fc.assert(
    fc.property(anyWishes, (wishes) => {
      const graph = exampleDraw(small, wishes);
      const members = membersOf(graph);
      expect(new Set(members).size).toBe(members.length);
      for (const key of members) expect(wishes.hidden.has(key) && key !== wishes.focus?.key).toBe(false);
      for (const { from, to } of graph.edges.values()) {
        expect(graph.nodes.has(from)).toBe(true);
        expect(graph.nodes.has(to)).toBe(true);
      }
      expect(graph.lanes.flatMap(({ nodes }) => nodes).sort()).toEqual([...graph.nodes.keys()].sort());
    }),
  );
});

test('without a wish every service of a small fleet is drawn by itself, and every edge', () => {
  const graph = exampleDraw(small);
  expect(membersOf(graph)).toEqual(small.nodes.map(({ key }) => key).sort());
  expect(kinds(graph, 'service')).toHaveLength(40);
  expect([...graph.edges.keys()].sort()).toEqual(small.edges.map(({ key }) => key).sort());
});

describe('of a fleet that is too large', () => {
  test('what is not well is drawn, and what is folded away is counted for each datacenter', () => {
    const graph = exampleDraw(large);
    const drawn = new Set(kinds(graph, 'service').map(({ id }) => id));
    expect(drawn.size).toBe(DRAWN_AT_MOST);
    for (const { key, status } of large.nodes) if (status !== 'passing') expect(drawn.has(key)).toBe(true);
    const rests = kinds(graph, 'rest');
    expect(rests.map(({ id }) => id)).toEqual(['dc1', 'dc2', 'dc3'].map(restId));
    // 600 services, 150 of them drawn.
    expect(rests.reduce((sum, { members }) => sum + members.length, 0)).toBe(450);
  });

  test('a rest that is opened is drawn whole, and the others stay folded', () => {
    const graph = exampleDraw(large, { open: new Set([restId('dc2')]) });
    expect(kinds(graph, 'rest').map(({ dc }) => dc)).toEqual(['dc1', 'dc3']);
    expect(kinds(graph, 'service').filter(({ dc }) => dc === 'dc2')).toHaveLength(200);
  });

  test('what is sought is drawn, however well and alone it is', () => {
    const folded = kinds(exampleDraw(large), 'rest').flatMap(({ members }) => members);
    const sought = new Set(folded.slice(0, 3));
    const graph = exampleDraw(large, { sought });
    for (const key of sought) expect(graph.nodes.get(key)?.kind).toBe('service');
  });

  test('when something folded falls ill it comes, one goes for it, and all others stay', () => {
    const before = exampleDraw(large);
    const drawnBefore = new Set(kinds(before, 'service').map(({ id }) => id));
    const ill = kinds(before, 'rest')[0]?.members.at(-1) ?? '';
    const after = exampleDraw(withStatus(large, { [ill]: 'critical' }), { drawnBefore });
    const drawn = new Set(kinds(after, 'service').map(({ id }) => id));
    expect(drawn.has(ill)).toBe(true);
    expect([...drawnBefore].filter((key) => !drawn.has(key))).toHaveLength(1);
    expect([...drawn].filter((key) => !drawnBefore.has(key))).toEqual([ill]);
  });
});

describe('in groups', () => {
  const grouping = { by: 'meta', key: 'team' } as const;

  test('services of one datacenter that have a value in common are one, with one edge to each other group', () => {
    const graph = exampleDraw(small, { grouping });
    const id = groupId('dc1', 'team-0');
    expect(graph.nodes.get(id)?.members).toEqual(
      small.nodes.filter(({ dc, meta }) => dc === 'dc1' && meta.team === 'team-0').map(({ key }) => key),
    );
    for (const edge of graph.edges.values()) expect(edge.from).not.toBe(edge.to);
    const edges = [...graph.edges.values()].reduce((sum, edge) => sum + edge.edges.length, 0);
    expect(edges).toBeLessThanOrEqual(small.edges.length);
  });

  test('one that is opened stands there service by service, between the others', () => {
    const id = groupId('dc1', 'team-0');
    const graph = exampleDraw(small, { grouping, open: new Set([id]) });
    expect(graph.nodes.has(id)).toBe(false);
    for (const { key, dc, meta } of small.nodes) {
      if (dc === 'dc1' && meta.team === 'team-0') expect(graph.nodes.get(key)?.kind).toBe('service');
    }
  });

  test('thousands are grouped by the metadata that most of them have, unless they have none', () => {
    const many = exampleTopology(2_100, 10);
    expect(suitableGrouping(many.nodes)).toEqual(grouping);
    expect(suitableGrouping(many.nodes.map((node) => ({ ...node, meta: {} })))).toEqual({ by: 'datacenter' });
    expect(suitableGrouping(small.nodes)).toEqual({ by: 'service' });
    expect(exampleDraw(many, { grouping }).nodes.size).toBeLessThanOrEqual(36);
  });

  test('a name that objects have by themselves is no value of metadata', () => {
    const graph = exampleDraw(small, { grouping: { by: 'meta', key: 'constructor' } });
    expect(kinds(graph, 'group')).toEqual([]);
  });
});

test('one who fares otherwise changes nothing of what is drawn, and one that comes nothing of the others', () => {
  const before = exampleDraw(small);
  const key = small.nodes[3]?.key ?? '';
  expect(keptIdentity(before, exampleDraw(withStatus(small, { [key]: 'critical' })))).toBe(before);
  const shrunk = exampleDraw({ ...small, nodes: small.nodes.slice(1) });
  const grown = keptIdentity(shrunk, before);
  for (const [id, node] of shrunk.nodes) expect(grown.nodes.get(id)).toBe(node);
  for (const [id, edge] of shrunk.edges) expect(grown.edges.get(id)).toBe(edge);
});

test('one datacenter is drawn with what of others it has to do with', () => {
  const graph = exampleDraw(exampleShop(), { dc: 'dc1' });
  expect(graph.nodes.has('dc2/fraud-check')).toBe(true);
  expect(graph.nodes.has('dc2/front')).toBe(false);
});

import { expect, test, vi } from 'vitest';
import { exampleTopology } from '@/lib/topology/example-topology';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { groupId } from '@/lib/topology/view/drawn';
import { exampleDraw } from '@/lib/topology/view/example-draw';
import { GraphMarks } from './graph-marks';
import { GraphRecords } from './graph-records';

const body = exampleTopology(300, 600);

/** As the stream folds it: new records in the places of some, the very same ones elsewhere. */
const flipped = (from: TopologyBody, keys: ReadonlySet<string>): TopologyBody => ({
  ...from,
  nodes: from.nodes.map((node) =>
    keys.has(node.key) ? { ...node, status: 'critical', critical: 3, passing: 0 } : node,
  ),
});

function listenedRecords(graph = exampleDraw(body)) {
  const records = new GraphRecords();
  records.put(body);
  records.draw(graph);
  const told: string[] = [];
  for (const id of [...graph.nodes.keys(), ...graph.edges.keys()]) records.subscribe(id, () => told.push(id));
  return { records, told };
}

test('thirty services that flip are thirty that are drawn anew, and no edge', () => {
  const graph = exampleDraw(body);
  const { records, told } = listenedRecords(graph);
  const keys = new Set(
    [...graph.nodes.values()]
      .filter(({ kind }) => kind === 'service')
      .slice(0, 30)
      .map(({ id }) => id),
  );
  const next = flipped(body, keys);
  records.put(next);
  expect(told.sort()).toEqual([...keys].sort());
  for (const key of keys) expect(records.node(key)?.status).toBe('critical');
  told.length = 0;
  records.put(next);
  expect(told).toEqual([]);
});

test('a group hears of its members, once for all of them, and of nobody else', () => {
  const { records, told } = listenedRecords(exampleDraw(body, { grouping: { by: 'meta', key: 'team' } }));
  const id = groupId('dc1', 'team-0');
  const before = records.tally(id);
  const members = body.nodes.filter(({ dc, meta }) => dc === 'dc1' && meta.team === 'team-0').map(({ key }) => key);
  records.put(flipped(body, new Set(members)));
  expect(told).toEqual([id]);
  expect(before.services.critical).toBeLessThan(members.length);
  expect(records.tally(id)).toMatchObject({ status: 'critical', services: { critical: members.length, passing: 0 } });
});

test('an edge that counts other traffic is drawn anew alone, and one that is gone is told of', () => {
  const { records, told } = listenedRecords();
  const [first, second, ...rest] = body.edges;
  if (!first || !second) throw new Error('The example has edges.');
  records.put({ nodes: body.nodes, edges: [{ ...first, ratePerSecond: 7, errorRatio: 0.5 }, ...rest] });
  const drawn = exampleDraw(body).edges;
  expect(told.sort()).toEqual([first.key, second.key].filter((key) => drawn.has(key)).sort());
  expect(records.summary(first.key)).toMatchObject({ ratePerSecond: 7, tone: 'critical' });
  expect(records.summary(second.key).count).toBe(0);
});

test('who listens no longer is not told', () => {
  const records = new GraphRecords();
  records.put(body);
  const listener = vi.fn();
  const end = records.subscribe(body.nodes[0]?.key ?? '', listener);
  end();
  records.put(flipped(body, new Set([body.nodes[0]?.key ?? ''])));
  expect(listener).not.toHaveBeenCalled();
});

test('attention that moves on is drawn where it was and where it is, and nowhere else', () => {
  const marks = new GraphMarks();
  const edges = [
    { id: 'a>b', from: 'a', to: 'b' },
    { id: 'c>d', from: 'c', to: 'd' },
  ];
  const told: string[] = [];
  for (const id of ['a', 'b', 'c', 'd', 'a>b', 'c>d']) marks.subscribe(id, () => told.push(id));
  const none = { chosen: null, current: null, pointed: null, found: null, focus: null };
  marks.pay({ ...none, chosen: 'a' }, edges);
  expect(told.sort()).toEqual(['a', 'a>b', 'b']);
  expect(marks.markOf('a')).toBe('chosen near');
  told.length = 0;
  marks.pay({ ...none, chosen: 'a', found: new Set(['d']) }, edges);
  expect(told).toEqual(['d']);
  told.length = 0;
  // A pointer that rests elsewhere for a moment takes the neighbours along, and not the choice.
  marks.pay({ ...none, chosen: 'a', pointed: 'c' }, edges);
  expect(marks.markOf('a')).toBe('chosen');
  expect(marks.markOf('c')).toBe('near');
});

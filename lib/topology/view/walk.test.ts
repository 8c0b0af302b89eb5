import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DrawnGraph } from './drawn';
import type { Point } from './measures';
import { type Stand, walk } from './walk';

/** `a` calls `b1` and `b2`, `b2` calls `c`; `d` stands alone under `a`. */
const ids = ['a', 'b1', 'b2', 'c', 'd'];
const edge = (from: string, to: string) =>
  [`${from}>${to}`, { id: `${from}>${to}`, from, to, edges: [], crosses: false }] as const;
const graph: DrawnGraph = {
  lanes: [],
  nodes: new Map(ids.map((id) => [id, { id, dc: 'dc1', kind: 'service', name: id, members: [id] }] as const)),
  edges: new Map([edge('a', 'b1'), edge('a', 'b2'), edge('b2', 'c'), edge('c', 'c')]),
};
const places = new Map<string, Point>([
  ['a', { x: 0, y: 0 }],
  ['b1', { x: 200, y: 0 }],
  ['b2', { x: 200, y: 100 }],
  ['c', { x: 400, y: 100 }],
  ['d', { x: 0, y: 100 }],
]);
const at = (id: string): Stand => ({ id, via: null });

test('right leads to what is called, nearest first, and down on through what else is called', () => {
  const first = walk(graph, places, at('a'), 'right');
  expect(first).toEqual({ id: 'b1', via: { id: 'a', direction: 'right' } });
  const second = walk(graph, places, first ?? at(''), 'down');
  expect(second).toEqual({ id: 'b2', via: { id: 'a', direction: 'right' } });
  expect(walk(graph, places, second ?? at(''), 'right')?.id).toBe('c');
});

test('left leads back to what calls', () => {
  expect(walk(graph, places, at('c'), 'left')?.id).toBe('b2');
  expect(walk(graph, places, at('a'), 'left')).toBeNull();
});

test('what calls itself leads no further by that', () => {
  expect(walk(graph, places, at('c'), 'right')).toBeNull();
});

test('without an edge behind one, up and down lead through the column', () => {
  expect(walk(graph, places, at('a'), 'down')).toEqual(at('d'));
  expect(walk(graph, places, at('d'), 'up')).toEqual(at('a'));
  expect(walk(graph, places, at('d'), 'down')).toBeNull();
});

test('a walk stands on what is drawn, whatever is pressed', () => {
  const anyDirection = fc.constantFrom('left' as const, 'right' as const, 'up' as const, 'down' as const);
  fc.assert(
    fc.property(fc.array(anyDirection, { maxLength: 30 }), (directions) => {
      let stand = at('a');
      for (const direction of directions) stand = walk(graph, places, stand, direction) ?? stand;
      expect(ids).toContain(stand.id);
    }),
  );
});

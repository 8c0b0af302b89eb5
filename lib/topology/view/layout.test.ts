import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleShop, exampleTopology } from '@/lib/topology/example-topology';
import { type Arrangement, arranged } from './arrange';
import type { DrawnGraph } from './drawn';
import { readElkLane } from './elk-lane';
import { exampleDraw } from './example-draw';
import { stacked, stretchOf } from './lane-layout';
import { layersOf } from './layers';
import { NODE_HEIGHT, NODE_WIDTH, type Point } from './measures';

/** Laid out without the kernel: rows in any order. */
function plain(graph: DrawnGraph): Arrangement {
  const layers = layersOf(graph);
  return new Map(
    graph.lanes.map(({ dc, nodes }) => [
      dc,
      readElkLane(
        dc,
        nodes.map((id, row) => ({ id, y: (row * 37) % 900 })),
        layers,
      ),
    ]),
  );
}

const overlap = (a: Point, b: Point): boolean => Math.abs(a.x - b.x) < NODE_WIDTH && Math.abs(a.y - b.y) < NODE_HEIGHT;

function expectApart(places: readonly Point[]): void {
  for (const [at, a] of places.entries()) for (const b of places.slice(at + 1)) expect(overlap(a, b)).toBe(false);
}

const sizes = fc.tuple(
  fc.integer({ min: 1, max: 90 }),
  fc.integer({ min: 0, max: 160 }),
  fc.integer({ min: 1, max: 4 }),
);

describe('columns', () => {
  test('every node has one, what is called stands further right or in the same, and a name has one column everywhere', () => {
    fc.assert(
      fc.property(sizes, ([services, edges, datacenters]) => {
        const graph = exampleDraw(exampleTopology(services, edges, datacenters));
        const layers = layersOf(graph);
        expect([...layers.keys()].sort()).toEqual([...graph.nodes.keys()].sort());
        // The example has no circles.
        for (const { from, to } of graph.edges.values()) {
          expect(layers.get(to) ?? -1).toBeGreaterThanOrEqual(layers.get(from) ?? 0);
        }
      }),
      { numRuns: 40 },
    );
    const shop = layersOf(exampleDraw(exampleShop()));
    expect(shop.get('dc1/payment')).toBe(shop.get('dc2/payment'));
  });

  test('a circle is left open somewhere, and everything still has its place', () => {
    const graph = exampleDraw(exampleShop());
    const back = { id: 'dc1/database>dc1/front', from: 'dc1/database', to: 'dc1/front', edges: [], crosses: false };
    const round: DrawnGraph = { ...graph, edges: new Map([...graph.edges, [back.id, back]]) };
    expect(layersOf(round).size).toBe(graph.nodes.size);
  });

  test('a picture of many is as wide as a screen, and no pile or ribbon', () => {
    for (const [services, edges] of [
      [300, 600],
      [1_000, 3_000],
    ] as const) {
      const graph = exampleDraw(exampleTopology(services, edges));
      const { lanes } = stacked([...plain(graph).values()], graph, 1);
      const boxes = [...lanes.values()];
      const height = Math.max(...boxes.map(({ y, height }) => y + height));
      const width = Math.max(...boxes.map(({ width }) => width));
      expect(width / height).toBeGreaterThan(1.2);
      expect(width / height).toBeLessThan(3);
    }
  });
});

test('nothing lies on anything else, within a lane or of another', () => {
  fc.assert(
    fc.property(sizes, ([services, edges, datacenters]) => {
      const graph = exampleDraw(exampleTopology(services, edges, datacenters));
      const layouts = [...plain(graph).values()];
      const { nodes } = stacked(layouts, graph, stretchOf(layouts));
      expect(nodes.size).toBe(graph.nodes.size);
      expectApart([...nodes.values()]);
    }),
    { numRuns: 40 },
  );
});

describe('while the fleet changes', () => {
  const body = exampleTopology(60, 100);
  const whole = exampleDraw(body);

  test('what stays does not move, neither for one that comes nor for one that goes, and who comes lies on nobody', () => {
    fc.assert(
      fc.property(
        fc.subarray(
          body.nodes.map(({ key }) => key),
          { minLength: 1, maxLength: 5 },
        ),
        (away) => {
          const fewer = exampleDraw({ ...body, nodes: body.nodes.filter(({ key }) => !away.includes(key)) });
          const before = plain(fewer);
          const placed = stacked([...before.values()], fewer, 1).nodes;
          const { arrangement, unplaced } = arranged(whole, before);
          expect(unplaced).toEqual([]);
          const after = stacked([...arrangement.values()], whole, 1).nodes;
          expect(after.size).toBe(whole.nodes.size);
          for (const [id, place] of placed) expect(after.get(id)).toEqual(place);
          expectApart([...after.values()]);

          const gone = arranged(fewer, arrangement);
          expect(gone.unplaced).toEqual([]);
          const rest = stacked([...gone.arrangement.values()], fewer, 1).nodes;
          for (const [id, place] of placed) expect(rest.get(id)).toEqual(place);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a lane of which most is new is laid out again, and the others are not', () => {
    const few = exampleDraw({ ...body, nodes: body.nodes.filter(({ dc }, at) => dc !== 'dc2' || at < 6) });
    expect(arranged(whole, plain(few)).unplaced).toEqual(['dc2']);
  });
});

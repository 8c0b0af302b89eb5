import { expect, test } from 'vitest';
import { exampleShop } from '@/lib/topology/example-topology';
import { edgePath, pointOf } from './edge-path';
import { readElkLane } from './elk-lane';
import { exampleDraw } from './example-draw';
import { labelPlaces } from './label-places';
import { stacked } from './lane-layout';
import { layersOf } from './layers';
import { shapeMiddle } from './shape-middle';

test('no label lies on another', () => {
  const graph = exampleDraw(exampleShop());
  const layers = layersOf(graph);
  const layouts = graph.lanes.map(({ dc, nodes }) =>
    readElkLane(
      dc,
      nodes.map((id, row) => ({ id, y: row })),
      layers,
    ),
  );
  const placement = stacked(layouts, graph, 1.4);
  const points = [...labelPlaces(graph, placement)].map(([id, part]) => {
    const edge = graph.edges.get(id);
    const from = placement.nodes.get(edge?.from ?? '') ?? { x: 0, y: 0 };
    const to = placement.nodes.get(edge?.to ?? '') ?? { x: 0, y: 0 };
    return pointOf(edgePath(shapeMiddle(from), shapeMiddle(to)), part);
  });
  expect(points.length).toBeGreaterThan(graph.edges.size / 2);
  for (const [at, a] of points.entries()) {
    for (const b of points.slice(at + 1)) expect(Math.abs(a.x - b.x) < 54 && Math.abs(a.y - b.y) < 20).toBe(false);
  }
});

test('an arrow points into what is called: from the left onward, from the right back and within a column', () => {
  const here = { x: 400, y: 0 };
  expect(edgePath(here, { x: 800, y: 50 })).toMatchObject({ pointsRight: true });
  expect(edgePath(here, { x: 0, y: 50 })).toMatchObject({ pointsRight: false });
  expect(edgePath(here, { x: 400, y: 300 })).toMatchObject({ pointsRight: false });
  expect(edgePath(here, here).d).not.toContain('NaN');
});

import type { DrawnGraph } from './drawn';
import { type LaneLayout, placeless } from './lane-layout';
import type { Point } from './measures';
import { placeNear } from './place-near';

/** Where everything stands within its lane, by datacenter. */
export type Arrangement = ReadonlyMap<string, LaneLayout>;

/** So many newcomers find a place among those that stand; … */
const FEW = 6;
/** … or this part of a lane. More of them, and the lane is laid out again. */
const FEW_OF_LANE = 0.25;

/** What stands keeps its place, and a few newcomers find one. `unplaced`: datacenters whose lanes must be laid out. */
export function arranged(
  graph: DrawnGraph,
  before: Arrangement,
): { readonly arrangement: Arrangement; readonly unplaced: readonly string[] } {
  const arrangement = new Map<string, LaneLayout>();
  const unplaced: string[] = [];
  for (const lane of graph.lanes) {
    const layout = before.get(lane.dc);
    const missing = placeless(lane, layout);
    if (missing.length === 0 && layout) arrangement.set(lane.dc, layout);
    else if (lane.nodes.length === 0) arrangement.set(lane.dc, { dc: lane.dc, places: new Map(), height: 0 });
    else if (layout && missing.length <= Math.max(FEW, FEW_OF_LANE * layout.places.size)) {
      arrangement.set(lane.dc, placeNear(layout, missing, graph, placeElsewhere(before)));
    } else unplaced.push(lane.dc);
  }
  return { arrangement, unplaced };
}

/** In another lane only the column says something. */
function placeElsewhere(arrangement: Arrangement): (id: string) => Point | undefined {
  return (id) => {
    for (const { places, height } of arrangement.values()) {
      const place = places.get(id);
      if (place) return { x: place.x, y: height / 2 };
    }
    return undefined;
  };
}

import type { CoordinateMap, NetworkCoordinate } from '@/server/consul/decode/wan-coordinates';

/** A coordinate with which nobody has measured anything yet: all such stand at the same place. */
const UNMEASURED = 1.5;

/** Median round trip from one datacenter to each other, ms, by the coordinates of their servers: as Consul itself orders datacenters. */
export function roundTripsFrom(dc: string, maps: readonly CoordinateMap[]): Record<string, number> {
  const roundTrips: [string, number][] = [];
  for (const own of maps.filter(({ Datacenter }) => Datacenter === dc)) {
    for (const other of maps) {
      if (other.Datacenter === dc || other.AreaID !== own.AreaID) continue;
      const pairs = measured(own).flatMap((a) => measured(other).map((b) => roundTripMs(a, b)));
      const middle = median(pairs.filter(Number.isFinite));
      if (middle !== null) roundTrips.push([other.Datacenter, Math.round(middle * 10) / 10]);
    }
  }
  return Object.fromEntries(roundTrips);
}

const measured = ({ Coordinates }: CoordinateMap) => Coordinates.filter((one) => one.Error < UNMEASURED);

/** As Consul documents its coordinates: the distance of the vectors and both heights, and the adjustments where that is more than nothing. */
function roundTripMs(a: NetworkCoordinate, b: NetworkCoordinate): number {
  if (a.Vec.length !== b.Vec.length) return Number.NaN;
  const distance = Math.hypot(...a.Vec.map((value, at) => value - (b.Vec[at] ?? 0)));
  const seconds = distance + a.Height + b.Height;
  const adjusted = seconds + a.Adjustment + b.Adjustment;
  return 1_000 * (adjusted > 0 ? adjusted : seconds);
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[middle - 1], sorted[middle]];
  if (above === undefined) return null;
  return sorted.length % 2 === 0 && below !== undefined ? (below + above) / 2 : above;
}

import { serviceKey } from '@/lib/fleet/keys';
import type { EdgeSeries, NamedEnd } from './edge-series';

/** Where services are listed. */
export interface ListedPlaces {
  datacenters(): readonly string[];
  /** Datacenters in which a service of this name is. */
  placesOf(name: string): readonly string[];
}

/** Of two ends that labels name: their keys, or why they are not known. */
export type NamedEdge = { readonly from: string; readonly to: string } | 'unnamed' | 'unlisted' | 'ambiguous';

/**
 * Which services labels mean. Where a label names no datacenter of Consul's the name decides, if it is in one only or where the other end is: traffic seldom
 * leaves a datacenter. What is listed nowhere stands beside the other end.
 */
export function namedEdge(
  { isListedOnly }: Pick<EdgeSeries, 'isListedOnly'>,
  [from, to]: readonly [NamedEnd, NamedEnd],
  places: ListedPlaces,
  datacenterNames: Readonly<Record<string, string>>,
): NamedEdge {
  if (from.name === '' || to.name === '') return 'unnamed';
  const known = new Set(places.datacenters());
  const told = ({ datacenter }: NamedEnd): string | null => {
    const name = Object.hasOwn(datacenterNames, datacenter) ? (datacenterNames[datacenter] ?? '') : datacenter;
    return known.has(name) ? name : null;
  };
  const [fromPlaces, toPlaces] = [places.placesOf(from.name), places.placesOf(to.name)];
  if (isListedOnly && (fromPlaces.length === 0 || toPlaces.length === 0)) return 'unlisted';
  const fromDc = told(from) ?? onlyOf(fromPlaces, told(to), toPlaces);
  const toDc = told(to) ?? onlyOf(toPlaces, fromDc, fromPlaces);
  const [fromPlace, toPlace] = [fromDc ?? toDc, toDc ?? fromDc];
  if (fromPlace === null || toPlace === null) return known.size === 0 ? 'unlisted' : 'ambiguous';
  return { from: serviceKey(fromPlace, from.name), to: serviceKey(toPlace, to.name) };
}

/** Null: it could be several, or none. */
function onlyOf(places: readonly string[], other: string | null, otherPlaces: readonly string[]): string | null {
  if (other !== null && (places.includes(other) || places.length === 0)) return other;
  if (places.length === 1) return places[0] ?? null;
  const shared = places.filter((place) => otherPlaces.includes(place));
  return shared.length === 1 ? (shared[0] ?? null) : null;
}

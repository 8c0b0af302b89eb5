import type { JsonObject } from '@/lib/release/json';
import { isFilled, objectsByName, textIn, textsIn } from './entry-parts';
import { MeshRefusal } from './mesh-refusal';

/** Consul's name for every subset that has no failover of its own. */
const EVERY_SUBSET = '*';

export interface SubsetFailover {
  /** Datacenters that stand in, in this order. */
  readonly datacenters: readonly string[];
  /** Whether it goes to another service or subset, or to targets of later Consuls: what stands in is not known here. */
  readonly isOther: boolean;
}

/** The datacenters that stand in for every subset. @throws ZodError */
export function failoverOrder(resolver: JsonObject | null): string[] {
  return textsIn(objectsByName(resolver, 'Failover').get(EVERY_SUBSET) ?? null, 'Datacenters');
}

/** What stands in for one subset. @throws ZodError */
export function failoverOf(resolver: JsonObject | null, subset: string | null): SubsetFailover {
  const all = objectsByName(resolver, 'Failover');
  const own = (subset === null ? undefined : all.get(subset)) ?? all.get(EVERY_SUBSET) ?? null;
  const isOther = textIn(own, 'Service') !== '' || textIn(own, 'ServiceSubset') !== '' || isFilled(own?.Targets);
  return { datacenters: textsIn(own, 'Datacenters'), isOther };
}

/** Subsets with a failover of their own, which the order for all does not change. @throws ZodError */
export function ownFailovers(resolver: JsonObject | null): string[] {
  return [...objectsByName(resolver, 'Failover').keys()].filter((subset) => subset !== EVERY_SUBSET);
}

/**
 * A resolver's `Failover` with this order for every subset, and everything else in it as it stands; undefined: nothing is left of it.
 * @throws MeshRefusal, ZodError
 */
export function plannedFailover(resolver: JsonObject | null, datacenters: readonly string[]): JsonObject | undefined {
  const all = objectsByName(resolver, 'Failover');
  const { Datacenters: _, ...rest } = all.get(EVERY_SUBSET) ?? {};
  if (isFilled(rest.Targets)) {
    const sentence =
      'The resolver says by targets what stands in, which excludes a list of datacenters. Edit these targets where they were written.';
    throw new MeshRefusal('failover-targets', sentence);
  }
  const every: JsonObject = datacenters.length === 0 ? rest : { ...rest, Datacenters: [...datacenters] };
  const entries: [string, JsonObject][] = [...all].filter(([subset]) => subset !== EVERY_SUBSET);
  if (isFilled(every)) entries.push([EVERY_SUBSET, every]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

import { z } from 'zod';
import type { JsonObject } from '@/lib/release/json';
import { objectsIn, textIn } from './entry-parts';
import { otherTenancy } from './own-tenancy';
import type { ResolverSubset } from './resolver-subsets';

export interface Split {
  /** Percent, as it stands: Consul takes 101 and -1, too. */
  readonly weight: number;
  /** Under which its share is shown. */
  readonly label: string;
  /** The subset that it goes to; null: it goes to all instances. */
  readonly subset: string | null;
  /** Another service, as a person names it; null: it stays here. */
  readonly elsewhere: string | null;
  readonly raw: JsonObject;
}

/** What a split without a subset goes to, where the resolver has no default. */
export const ALL_INSTANCES = 'all instances';

const weightSchema = z.number().nullish();

/**
 * The splits of a service's splitter, in their order.
 * @throws ZodError
 */
export function splitterSplits(
  splitter: JsonObject | null,
  service: string,
  subsets: ReadonlyMap<string, ResolverSubset>,
  defaultSubset: string,
): Split[] {
  return objectsIn(splitter, 'Splits').map((raw) => {
    const subset = textIn(raw, 'ServiceSubset') || defaultSubset || null;
    const label = subset === null ? ALL_INSTANCES : (subsets.get(subset)?.label ?? subset);
    const weight = weightSchema.parse(raw.Weight) ?? 0;
    return { weight, label, subset, elsewhere: elsewhereOf(raw, splitter, service), raw };
  });
}

function elsewhereOf(raw: JsonObject, splitter: JsonObject | null, service: string): string | null {
  const name = textIn(raw, 'Service') || service;
  const others = otherTenancy(raw, splitter ?? {});
  return name === service && others.length === 0 ? null : [name, ...others].join(' in ');
}

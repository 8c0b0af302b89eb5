import type { JsonObject } from '@/lib/release/json';
import { objectsByName, textIn } from './entry-parts';
import { filterVersion } from './filter/filter-version';
import { parseFilter } from './filter/parse-filter';

export interface ResolverSubset {
  readonly name: string;
  readonly filter: string;
  /** The one version that it lets through; null: Lictor does not understand its filter, or it is none about one version. */
  readonly version: string | null;
  /** Under which its share is shown: its version, else its name. */
  readonly label: string;
}

/**
 * The subsets of a resolver by name. One that is shown by its name is told from a version that is called the same.
 * @param running versions of the instances
 * @throws ZodError
 */
export function resolverSubsets(
  resolver: JsonObject | null,
  running: readonly string[],
  metaKeys: readonly string[],
): Map<string, ResolverSubset> {
  const read = [...objectsByName(resolver, 'Subsets')].map(([name, subset]) => {
    const filter = textIn(subset, 'Filter');
    const expression = parseFilter(filter);
    return { name, filter, version: expression && filterVersion(expression, metaKeys) };
  });
  const versions = new Set([...running, ...read.map(({ version }) => version)]);
  return new Map(
    read.map((subset) => {
      const ownName = versions.has(subset.name) ? `subset ${subset.name}` : subset.name;
      return [subset.name, { ...subset, label: subset.version ?? ownName }];
    }),
  );
}

import { isInTraffic } from '@/lib/release/verified';
import { filterSelects } from './filter/filter-selects';
import { parseFilter } from './filter/parse-filter';
import type { MeshPlace, MeshScene } from './mesh-scene';
import { ALL_INSTANCES } from './splitter-splits';

/**
 * How many instances take traffic in a datacenter of what is shown under a label: a version, a subset by its name, or all. Null: it is not known, for
 * Lictor does not understand the subset's filter.
 */
export function inTrafficAt({ instances }: MeshPlace, label: string, { standing, running }: MeshScene): number | null {
  const taking = instances.filter(isInTraffic);
  if (label === ALL_INSTANCES && !running.includes(label)) return taking.length;
  const odd = [...standing.subsets.values()].find((subset) => subset.version === null && subset.label === label);
  if (odd === undefined) return taking.filter(({ version }) => version === label).length;
  if (odd.filter === '') return taking.length;
  const filter = parseFilter(odd.filter);
  const verdicts = filter === null ? [null] : taking.map((instance) => filterSelects(filter, instance));
  return verdicts.includes(null) ? null : verdicts.filter((verdict) => verdict).length;
}

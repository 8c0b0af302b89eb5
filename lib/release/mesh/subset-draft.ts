import type { JsonObject } from '@/lib/release/json';
import { parseFilter } from './filter/parse-filter';
import { versionFilter } from './filter/version-filter';
import { MeshRefusal } from './mesh-refusal';
import type { MeshScene } from './mesh-scene';
import type { ResolverSubset } from './resolver-subsets';
import { subsetName } from './subset-name';

/** The subsets that a plan uses: those that stand, and those that it adds. */
export class SubsetDraft {
  readonly #added = new Map<string, ResolverSubset>();

  constructor(private readonly scene: MeshScene) {}

  /** In the form in which a resolver has them. */
  get added(): [name: string, subset: JsonObject][] {
    return [...this.#added.values()].map(({ name, filter }) => [name, { Filter: filter }]);
  }

  /**
   * The subset for what is shown under this label, a version or a subset's own name. What the splitter uses goes first, then whatever has the same filter.
   * @throws MeshRefusal
   */
  for(label: string): ResolverSubset {
    const { standing, instances, running, metaKeys } = this.scene;
    const used = standing.splits.find((split) => split.label === label && split.subset !== null)?.subset;
    const inUse = used === undefined || used === null ? undefined : standing.subsets.get(used);
    if (inUse !== undefined) return inUse;
    const named = [...standing.subsets.values()].filter((subset) => subset.label === label);
    const odd = named.find(({ version }) => version === null);
    if (odd !== undefined) return odd;
    if (!running.includes(label)) {
      const sentence = `No instance of ${JSON.stringify(label)} is registered anywhere, so the mesh cannot tell which it would be. Register one first.`;
      throw new MeshRefusal('no-healthy-target', sentence);
    }
    const filter = versionFilter(label, instances, metaKeys);
    const same = [...named, ...this.#added.values()].find((subset) => isSameFilter(subset.filter, filter));
    return same ?? this.#add(label, filter);
  }

  #add(version: string, filter: string): ResolverSubset {
    const { subsets } = this.scene.standing;
    const name = subsetName(version, (taken) => subsets.has(taken) || this.#added.has(taken));
    const subset = { name, filter, version, label: version };
    this.#added.set(name, subset);
    return subset;
  }
}

/** Whatever the spaces, the quotes and the escapes. */
function isSameFilter(left: string, right: string): boolean {
  const expression = parseFilter(left);
  return expression !== null && JSON.stringify(expression) === JSON.stringify(parseFilter(right));
}

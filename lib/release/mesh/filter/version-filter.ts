import type { Instance } from '@/lib/fleet/model';
import { looksLikeVersion } from '@/lib/fleet/version';
import { filterSelects } from './filter-selects';
import { metaField, quotedText } from './filter-text';
import { parseFilter } from './parse-filter';

export type Versioned = Pick<Instance, 'version' | 'meta' | 'tags'>;

/**
 * The filter that lets through the instances of one version, those to come included, by where the version of its present ones stands: in metadata, or in a tag,
 * or nowhere. It is as short as it can be while it lets through no instance of another version.
 * @param instances all known ones of the service, of every version
 */
export function versionFilter(version: string, instances: readonly Versioned[], metaKeys: readonly string[]): string {
  const short = filterOf(version, instances, metaKeys, false);
  return letsThroughOthers(short, version, instances).length === 0
    ? short
    : filterOf(version, instances, metaKeys, true);
}

/** The instances of other versions that a filter lets through; none where Lictor does not understand it. */
export function letsThroughOthers<Known extends Versioned>(
  filter: string,
  version: string,
  instances: readonly Known[],
): Known[] {
  const expression = parseFilter(filter);
  if (expression === null) return [];
  return instances.filter((instance) => instance.version !== version && filterSelects(expression, instance) === true);
}

/** @param guarded each part also says that the version stands nowhere that counts before */
function filterOf(
  version: string,
  instances: readonly Versioned[],
  metaKeys: readonly string[],
  guarded: boolean,
): string {
  const own = instances.filter((instance) => instance.version === version);
  const places = new Set(own.map((instance) => placeOf(instance, metaKeys)));
  const parts = metaKeys.flatMap((key, at) => {
    if (!places.has(key)) return [];
    const guards = guarded ? metaKeys.slice(0, at).map(absent) : [];
    return [[...guards, `${metaField(key)} == ${quotedText(version)}`]];
  });
  if (places.has(IN_TAGS)) {
    parts.push([...(guarded ? metaKeys.map(absent) : []), `${quotedText(version)} in Service.Tags`]);
  }
  if (places.has(NOWHERE)) {
    const tags = new Set(instances.flatMap((instance) => instance.tags.filter(looksLikeVersion)));
    parts.push([...metaKeys.map(absent), ...[...tags].sort().map((tag) => `${quotedText(tag)} not in Service.Tags`)]);
  }
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.join(' and ');
  return parts.map((part) => (part.length === 1 ? part[0] : `(${part.join(' and ')})`)).join(' or ');
}

const IN_TAGS = Symbol('in tags');
const NOWHERE = Symbol('nowhere');

function placeOf({ meta, tags }: Versioned, metaKeys: readonly string[]): string | typeof IN_TAGS | typeof NOWHERE {
  const key = metaKeys.find((one) => Object.hasOwn(meta, one) && meta[one]);
  return key ?? (tags.some(looksLikeVersion) ? IN_TAGS : NOWHERE);
}

/** An empty text counts as no version, as it does where Lictor reads them. */
function absent(key: string): string {
  return `(${quotedText(key)} not in Service.Meta or ${metaField(key)} == "")`;
}

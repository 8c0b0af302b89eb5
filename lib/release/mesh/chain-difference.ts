import type { JsonObject } from '@/lib/release/json';
import { type CompiledChain, chainFailover, chainNode, subsetBehind } from './compiled-chain';
import { objectsByName, objectsIn, textIn } from './entry-parts';
import { failoverOf } from './resolver-failover';

interface Written {
  readonly service: string;
  readonly entryKind: string;
  readonly after: JsonObject;
}

/**
 * What Consul's compiled chain in a datacenter still has otherwise than the entry that was written, the rest of a sentence; null: it follows it.
 */
export function chainDifference(
  chain: CompiledChain,
  dc: string,
  { service, entryKind, after }: Written,
): string | null {
  if (entryKind === 'service-splitter') return splitDifference(chain, service, after);
  if (entryKind === 'service-router') return routeDifference(chain, service, after);
  return entryKind === 'service-resolver' ? failoverDifference(chain, dc, service, after) : null;
}

function splitDifference(chain: CompiledChain, service: string, splitter: JsonObject): string | null {
  const node = chainNode(chain, 'splitter', service);
  if (node === null) return 'its compiled chain has no splitter';
  const wanted = objectsIn(splitter, 'Splits').map((split) => ({
    weight: Number(split.Weight ?? 0),
    subset: textIn(split, 'ServiceSubset'),
  }));
  // Without a subset it goes to the resolver's default one, whose name is not known here.
  if (wanted.some(({ subset, weight }) => subset === '' && weight > 0)) return null;
  const wantedWeights = bySubset(wanted);
  const weights = bySubset(
    node.Splits.map(({ Weight, NextNode }) => ({ weight: Weight, subset: subsetBehind(chain, NextNode) ?? NextNode })),
  );
  for (const [subset, weight] of wantedWeights) {
    const found = weights.get(subset) ?? 0;
    if (found !== weight) return `its compiled chain gives ${subset} ${found / 100}% in place of ${weight / 100}%`;
  }
  const more = [...weights].find(([subset, weight]) => weight > 0 && !wantedWeights.has(subset));
  return more === undefined ? null : `its compiled chain gives ${more[0]} ${more[1] / 100}% in place of none`;
}

/** In hundredths of a percent, since Consul's floats are short ones. */
function bySubset(splits: readonly { weight: number; subset: string }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { weight, subset } of splits) sums.set(subset, (sums.get(subset) ?? 0) + Math.round(weight * 100));
  return sums;
}

function routeDifference(chain: CompiledChain, service: string, router: JsonObject): string | null {
  const routes = objectsIn(router, 'Routes');
  const compiled = chainNode(chain, 'router', service)?.Routes ?? [];
  for (const [at, route] of routes.entries()) {
    const destination = route.Destination;
    const isPlain = typeof destination === 'object' && destination !== null && !Array.isArray(destination);
    const subset = isPlain ? textIn(destination, 'ServiceSubset') : '';
    const next = compiled[at]?.NextNode;
    if (next === undefined) return `its compiled chain has ${compiled.length} routes and lacks number ${at + 1}`;
    if (subset !== '' && subsetBehind(chain, next) !== subset) {
      return `route ${at + 1} of its compiled chain does not go to ${subset}`;
    }
  }
  return null;
}

function failoverDifference(chain: CompiledChain, dc: string, service: string, resolver: JsonObject): string | null {
  for (const subset of ['', ...objectsByName(resolver, 'Subsets').keys()]) {
    const compiled = chainFailover(chain, subset);
    const { datacenters, isOther } = failoverOf(resolver, subset);
    const wanted = datacenters.filter((other) => other !== dc);
    if (compiled === null || isOther || compiled.join('\n') === wanted.join('\n')) continue;
    const found = compiled.length === 0 ? 'nothing' : compiled.join(', ');
    return `in its compiled chain ${found} stands in for ${subset || service} in place of ${wanted.join(', ') || 'nothing'}`;
  }
  return null;
}

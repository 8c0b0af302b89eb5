import { z } from 'zod';
import type { JsonObject } from '@/lib/release/json';
import { objectsIn, textIn } from '@/lib/release/mesh/entry-parts';
import { resolverSubsets } from '@/lib/release/mesh/resolver-subsets';
import { ALL_INSTANCES } from '@/lib/release/mesh/splitter-splits';
import type { EdgeEvidence } from '@/lib/topology/edge-evidence';
import { type ConfiguredEntry, type ConfiguredPart, type ConfiguredPlace, keyNamed } from './configured-part';

const numberSchema = z.number().nullish();

/**
 * What a `service-splitter` says: shares that stay are those of versions, the others are edges.
 * @param resolver of the same service, which says what its subsets are
 * @param metaKeys of metadata that hold a version
 * @throws ZodError
 */
export function splitterEdges(
  entry: ConfiguredEntry,
  resolver: JsonObject | null,
  { dc, seenAtMs }: ConfiguredPlace,
  metaKeys: readonly string[],
): ConfiguredPart {
  const from = keyNamed({}, entry, dc);
  const subsets = resolverSubsets(resolver, [], metaKeys);
  const split = new Map<string, number>();
  const shares = new Map<string, number>();
  for (const part of objectsIn(entry.image, 'Splits')) {
    const weight = numberSchema.parse(part.Weight) ?? 0;
    const to = keyNamed(part, entry, dc);
    if (to !== from) shares.set(to, (shares.get(to) ?? 0) + weight);
    else {
      const subset = textIn(part, 'ServiceSubset') || textIn(resolver, 'DefaultSubset');
      const label = subset === '' ? ALL_INSTANCES : (subsets.get(subset)?.label ?? subset);
      split.set(label, (split.get(label) ?? 0) + weight);
    }
  }
  const said = { from, kind: 'route', source: entry.source, seenAtMs } as const;
  const edges = [...shares].map(([to, share]): EdgeEvidence => ({ ...said, to, share: exact(share) }));
  const own = Object.fromEntries([...split].map(([label, share]) => [label, exact(share)]));
  return { edges, nodes: split.size === 0 ? [] : [{ key: from, split: own }] };
}

/** What a `service-router` says: requests of some form go to another service. @throws ZodError */
export function routerEdges(entry: ConfiguredEntry, { dc, seenAtMs }: ConfiguredPlace): ConfiguredPart {
  const from = keyNamed({}, entry, dc);
  const forms = new Map<string, string[]>();
  for (const route of objectsIn(entry.image, 'Routes')) {
    const to = keyNamed(objectAt(route, 'Destination'), entry, dc);
    if (to !== from) forms.set(to, [...(forms.get(to) ?? []), formOf(objectAt(objectAt(route, 'Match'), 'HTTP'))]);
  }
  const edges = [...forms].map(([to, said]): EdgeEvidence => {
    const detail = `Requests ${said.join('; ')}.`;
    return { from, to, kind: 'route', source: entry.source, seenAtMs, detail };
  });
  return { edges, nodes: [] };
}

/** What an HTTP match asks of a request, as it is written there. */
export function formOf(http: JsonObject): string {
  const paths = (['PathExact', 'PathPrefix', 'PathRegex'] as const).flatMap((field) => {
    const value = textIn(http, field);
    return value === '' ? [] : [`${PATH_WORDS[field]} ${value}`];
  });
  const methods = z.array(z.string()).nullish().parse(http.Methods) ?? [];
  const headers = objectsIn(http, 'Header').map((header) => `header ${textIn(header, 'Name')}`);
  const queries = objectsIn(http, 'QueryParam').map((query) => `query parameter ${textIn(query, 'Name')}`);
  const said = [...(methods.length > 0 ? [methods.join(', ')] : []), ...paths, ...headers, ...queries];
  return said.length === 0 ? 'of any form' : `with ${said.join(' and ')}`;
}

const PATH_WORDS = { PathExact: 'path', PathPrefix: 'path from', PathRegex: 'path like' } as const;

/** Consul's weights are hundredths. */
const exact = (percent: number): number => Math.round(percent * 100) / 100;

function objectAt(part: JsonObject, field: string): JsonObject {
  const value = part[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

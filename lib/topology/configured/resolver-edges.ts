import { serviceKey } from '@/lib/fleet/keys';
import type { JsonObject } from '@/lib/release/json';
import { objectsByName, objectsIn, textIn, textsIn } from '@/lib/release/mesh/entry-parts';
import type { EdgeEvidence } from '@/lib/topology/edge-evidence';
import { type ConfiguredEntry, type ConfiguredPart, type ConfiguredPlace, keyNamed } from './configured-part';

/** What a `service-resolver` says: a redirect leads on, a failover stands in. @throws ZodError */
export function resolverEdges(entry: ConfiguredEntry, { dc, seenAtMs }: ConfiguredPlace): ConfiguredPart {
  const from = keyNamed({}, entry, dc);
  const { image, source } = entry;
  const said = { from, source, seenAtMs };
  const redirect = objectAt(image, 'Redirect');
  const edges: EdgeEvidence[] = [];
  const to = redirect && keyNamed(redirect, entry, dc);
  if (to && to !== from) {
    edges.push({ ...said, to, kind: 'route', detail: `All of its traffic is redirected${subsetOf(redirect)}.` });
  }
  const datacenters: string[] = [];
  for (const [subset, failover] of objectsByName(image, 'Failover')) {
    const targets = targetsOf(failover);
    for (const [index, target] of targets.entries()) {
      const key = keyNamed(target, entry, dc);
      if (key === from) continue;
      const detail = subset === '*' ? null : `For subset ${subset} alone.`;
      edges.push({ ...said, to: key, kind: 'failover', order: index + 1, detail });
      const place = textIn(target, 'Datacenter');
      if (key === serviceKey(place, keyName(from)) && !datacenters.includes(place)) datacenters.push(place);
    }
  }
  return { edges, nodes: datacenters.length === 0 ? [] : [{ key: from, failover: datacenters }] };
}

/** In their order: `Targets` of Consul 1.14 and later exclude the other fields; a list of datacenters goes with any of them. */
function targetsOf(failover: JsonObject): JsonObject[] {
  const targets = objectsIn(failover, 'Targets');
  if (targets.length > 0) return targets;
  const datacenters = textsIn(failover, 'Datacenters');
  const { Datacenters: _, ...rest } = failover;
  return datacenters.length > 0 ? datacenters.map((Datacenter) => ({ ...rest, Datacenter })) : [rest];
}

const subsetOf = (redirect: JsonObject | null): string => {
  const subset = textIn(redirect, 'ServiceSubset');
  return subset === '' ? '' : `, to subset ${subset}`;
};

const keyName = (key: string): string => decodeURIComponent(key.slice(key.indexOf('/') + 1));

function objectAt(image: JsonObject, field: string): JsonObject | null {
  const value = image[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

import { z } from 'zod';
import { serviceKey } from '@/lib/fleet/keys';
import type { JsonObject } from '@/lib/release/json';
import { objectsIn, textIn, textsIn } from '@/lib/release/mesh/entry-parts';
import type { EdgeEvidence } from '@/lib/topology/edge-evidence';
import {
  type ConfiguredEntry,
  type ConfiguredPart,
  type ConfiguredPlace,
  keyNamed,
  tenantName,
} from './configured-part';

const weightSchema = z.number().nullish();

/**
 * What an `ingress-gateway` or a `terminating-gateway` says. Who comes in by an ingress is ruled by intentions; what a terminating gateway leads out was decided
 * about before, by those of the caller. @throws ZodError
 */
export function gatewayEdges(entry: ConfiguredEntry, { dc, seenAtMs }: ConfiguredPlace): ConfiguredPart {
  const from = keyNamed({}, entry, dc);
  const isIngress = entry.kind === 'ingress-gateway';
  const said = { from, kind: 'gateway', source: entry.source, seenAtMs, isGuarded: isIngress } as const;
  const listeners = objectsIn(entry.image, 'Listeners');
  const ingress = listeners.flatMap((listener) =>
    objectsIn(listener, 'Services').map((part) => ({ part, detail: wayIn(listener, part) })),
  );
  const parts = isIngress ? ingress : objectsIn(entry.image, 'Services').map((part) => ({ part, detail: null }));
  const edges = parts.map(({ part, detail }): EdgeEvidence => ({ ...said, to: serviceOf(part, dc), detail }));
  return { edges, nodes: [{ key: from, kind: 'gateway' }] };
}

/** What an `http-route` or a `tcp-route` (Consul 1.15) leads from its gateways to services. @throws ZodError */
export function routeEdges(entry: ConfiguredEntry, { dc, seenAtMs }: ConfiguredPlace): ConfiguredPart {
  const gateways = objectsIn(entry.image, 'Parents')
    .filter((parent) => (textIn(parent, 'Kind') || 'api-gateway') === 'api-gateway')
    .map((parent) => serviceKey(dc, tenantName(textIn(parent, 'Name'), textIn(parent, 'Namespace'))));
  const rules = objectsIn(entry.image, 'Rules').map((rule) => objectsIn(rule, 'Services'));
  const groups = entry.kind === 'http-route' ? rules : [objectsIn(entry.image, 'Services')];
  const edges = [...new Set(gateways)].flatMap((from) =>
    groups.flatMap((services) => {
      const weights = services.map((service) => weightSchema.parse(service.Weight) ?? 0);
      const all = weights.reduce((a, b) => a + b, 0);
      return services.map((service, index): EdgeEvidence => {
        // Shares of several rules are of different requests, and cannot be told as one.
        const share = groups.length === 1 && services.length > 1 && all > 0 ? percent(weights[index] ?? 0, all) : null;
        const said = { kind: 'gateway', source: entry.source, seenAtMs, isGuarded: true, share } as const;
        return { ...said, from, to: serviceOf(service, dc) };
      });
    }),
  );
  return { edges, nodes: gateways.map((key) => ({ key, kind: 'gateway' })) };
}

const serviceOf = (part: JsonObject, dc: string): string =>
  serviceKey(dc, tenantName(textIn(part, 'Name'), textIn(part, 'Namespace')));

function wayIn(listener: JsonObject, part: JsonObject): string | null {
  const port = weightSchema.parse(listener.Port);
  const hosts = textsIn(part, 'Hosts');
  const at = port ? `By port ${port}` : null;
  if (hosts.length > 0) return `${at ?? 'By name'}, for ${hosts.join(', ')}.`;
  return at && `${at}.`;
}

const percent = (weight: number, all: number): number => Math.round((weight / all) * 10_000) / 100;

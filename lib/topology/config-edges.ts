import { ZodError } from 'zod';
import type { ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { serviceKey } from '@/lib/fleet/keys';
import type { JsonObject } from '@/lib/release/json';
import {
  type ConfiguredEntry,
  type ConfiguredPart,
  type ConfiguredPlace,
  imageOf,
  UnreadFact,
} from './configured/configured-part';
import { gatewayEdges, routeEdges } from './configured/gateway-edges';
import { intentionEntryEdges, listedIntention } from './configured/intention-edges';
import { resolverEdges } from './configured/resolver-edges';
import { routerEdges, splitterEdges } from './configured/way-edges';

/**
 * What the configuration entries of one datacenter say, all of them: a splitter is read with the resolver of its service. What cannot be read is a problem of the
 * node that it is about, and the rest is read all the same.
 * @param metaKeys of metadata that hold a version
 */
export function entryEdges(
  facts: readonly ConfigurationFact[],
  place: ConfiguredPlace,
  metaKeys: readonly string[],
): ConfiguredPart {
  const resolvers = new Map<string, JsonObject>();
  const parts: ConfiguredPart[] = [];
  const entries = facts.filter(({ subject }) => subject === 'config-entry');
  for (const fact of [...entries.filter(isResolver), ...entries.filter((one) => !isResolver(one))]) {
    const [kind = '', name = ''] = nameParts(fact.name);
    if (!isRead(kind)) continue;
    parts.push(
      guarded(serviceKey(place.dc, name), fact.name, () => {
        const image = imageOf(fact, 'Kind');
        if (kind === 'service-resolver') resolvers.set(name, image);
        const entry: ConfiguredEntry = { kind, name, image, source: fact.name };
        return readers[kind](entry, place, resolvers.get(name) ?? null, metaKeys);
      }),
    );
  }
  return joined(parts);
}

/** What the intentions of one datacenter say, as `/v1/connect/intentions` lists them. */
export function intentionEdges(facts: readonly ConfigurationFact[], place: ConfiguredPlace): ConfiguredPart {
  const intentions = facts.filter(({ subject }) => subject === 'intention');
  return joined(
    intentions.map((fact) => {
      const destination = fact.name.slice(fact.name.indexOf(' => ') + 4);
      return guarded(serviceKey(place.dc, destination), fact.name, () => {
        return { edges: [listedIntention(imageOf(fact, 'DestinationName'), place)], nodes: [] };
      });
    }),
  );
}

type Reader = (
  entry: ConfiguredEntry,
  place: ConfiguredPlace,
  resolver: JsonObject | null,
  metaKeys: readonly string[],
) => ConfiguredPart;

const readers = {
  'service-resolver': resolverEdges,
  'service-splitter': (entry, place, resolver, metaKeys) => splitterEdges(entry, resolver, place, metaKeys),
  'service-router': routerEdges,
  'service-intentions': intentionEntryEdges,
  'ingress-gateway': gatewayEdges,
  'terminating-gateway': gatewayEdges,
  'http-route': routeEdges,
  'tcp-route': routeEdges,
} satisfies Readonly<Record<string, Reader>>;

const isRead = (kind: string): kind is keyof typeof readers => Object.hasOwn(readers, kind);
const isResolver = ({ name }: ConfigurationFact): boolean => name.startsWith('service-resolver/');

function guarded(key: string, name: string, read: () => ConfiguredPart): ConfiguredPart {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadFact) return { edges: [], nodes: [{ key, problem: error.message }] };
    if (!(error instanceof ZodError)) throw error;
    const problem = `${name} has another form than Consul gives it, so its part of the picture is missing.`;
    return { edges: [], nodes: [{ key, problem }] };
  }
}

const joined = (parts: readonly ConfiguredPart[]): ConfiguredPart => ({
  edges: parts.flatMap(({ edges }) => edges),
  nodes: parts.flatMap(({ nodes }) => nodes),
});

function nameParts(name: string): [kind: string, name: string] {
  const at = name.indexOf('/');
  return [name.slice(0, at), name.slice(at + 1)];
}

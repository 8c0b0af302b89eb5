import type { ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { serviceKey } from '@/lib/fleet/keys';
import { type JsonObject, jsonObjectSchema } from '@/lib/release/json';
import { textIn } from '@/lib/release/mesh/entry-parts';
import type { EdgeEvidence, NodeEvidence } from '@/lib/topology/edge-evidence';

/** What a piece of Consul's configuration says of edges and nodes. */
export interface ConfiguredPart {
  readonly edges: readonly EdgeEvidence[];
  readonly nodes: readonly NodeEvidence[];
}

/** Where a piece stands and when it was read. */
export interface ConfiguredPlace {
  readonly dc: string;
  readonly seenAtMs: number;
}

/** A configuration entry as it was read. */
export interface ConfiguredEntry {
  readonly kind: string;
  /** Of its service or gateway. */
  readonly name: string;
  readonly image: JsonObject;
  /** As a person names it. */
  readonly source: string;
}

/** Why an entry or an intention could not be read: a sentence. */
export class UnreadFact extends Error {}

/** @throws UnreadFact where only its digest is kept, or it is no JSON object */
export function imageOf({ content, name }: ConfigurationFact, field: string): JsonObject {
  const image = jsonObjectSchema.safeParse(parsed(content)).data;
  if (image === undefined)
    throw new UnreadFact(`${name} is not written as Consul writes it, so its part of the picture is missing.`);
  if (image[field] === undefined)
    throw new UnreadFact(`${name} is too large to be read, so its part of the picture is missing.`);
  return image;
}

/** The key of what a part of an entry names: what it leaves out is the entry's own. */
export function keyNamed(part: JsonObject, entry: ConfiguredEntry, dc: string): string {
  const name = textIn(part, 'Service') || bareName(entry);
  const place = { Namespace: textIn(part, 'Namespace') || textIn(entry.image, 'Namespace') };
  return serviceKey(textIn(part, 'Datacenter') || dc, tenantName(name, place.Namespace, textIn(part, 'Peer')));
}

/** A name with the namespace and the peer that it is in, where these are others than our own. */
export function tenantName(name: string, namespace: string, peer = ''): string {
  const inNamespace = namespace === '' || namespace === 'default' ? name : `${namespace}/${name}`;
  return peer === '' ? inNamespace : `peer ${peer}/${inNamespace}`;
}

const bareName = ({ image, name }: ConfiguredEntry): string => textIn(image, 'Name') || name;

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

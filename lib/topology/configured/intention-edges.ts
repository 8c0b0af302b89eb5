import { serviceKey } from '@/lib/fleet/keys';
import type { JsonObject } from '@/lib/release/json';
import { objectsIn, textIn } from '@/lib/release/mesh/entry-parts';
import type { EdgeEvidence } from '@/lib/topology/edge-evidence';
import { type ConfiguredEntry, type ConfiguredPart, type ConfiguredPlace, tenantName } from './configured-part';
import { formOf } from './way-edges';

/** An intention as `/v1/connect/intentions` lists it, in every version. @throws ZodError */
export function listedIntention(image: JsonObject, place: ConfiguredPlace): EdgeEvidence {
  const source = tenantName(textIn(image, 'SourceName'), textIn(image, 'SourceNS'), textIn(image, 'SourcePeer'));
  const destination = tenantName(textIn(image, 'DestinationName'), textIn(image, 'DestinationNS'));
  return intention(source, destination, image, place);
}

/** A `service-intentions` entry (Consul 1.9): all that is said of one destination. @throws ZodError */
export function intentionEntryEdges(entry: ConfiguredEntry, place: ConfiguredPlace): ConfiguredPart {
  const destination = tenantName(textIn(entry.image, 'Name') || entry.name, textIn(entry.image, 'Namespace'));
  const edges = objectsIn(entry.image, 'Sources').map((part) => {
    const source = tenantName(textIn(part, 'Name'), textIn(part, 'Namespace'), textIn(part, 'Peer'));
    return intention(source, destination, part, place);
  });
  return { edges, nodes: [] };
}

function intention(from: string, to: string, part: JsonObject, { dc, seenAtMs }: ConfiguredPlace): EdgeEvidence {
  const permissions = objectsIn(part, 'Permissions').map(permissionOf);
  const action = textIn(part, 'Action');
  // With permissions there is no action: the first that fits a request decides, and what none fits is denied.
  const isOfRequest = permissions.length > 0 || (action !== 'allow' && action !== 'deny');
  const description = textIn(part, 'Description');
  const said = permissions.length > 0 ? [`By request: ${permissions.join('; ')}; else deny.`] : [];
  const detail = [...said, ...(description === '' ? [] : [description])].join(' ');
  return {
    from: serviceKey(dc, from),
    to: serviceKey(dc, to),
    kind: 'intention',
    source: `intention ${from} => ${to}`,
    seenAtMs,
    allowed: isOfRequest ? null : action === 'allow',
    detail: detail === '' ? null : detail,
  };
}

function permissionOf(permission: JsonObject): string {
  const { HTTP } = permission;
  const http = typeof HTTP === 'object' && HTTP !== null && !Array.isArray(HTTP) ? HTTP : {};
  return `${textIn(permission, 'Action') || 'deny'} requests ${formOf(http)}`;
}

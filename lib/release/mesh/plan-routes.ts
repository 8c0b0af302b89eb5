import type { JsonObject } from '@/lib/release/json';
import type { HeaderRoute } from '@/lib/release/split-body';
import { MeshRefusal } from './mesh-refusal';
import type { MeshScene } from './mesh-scene';
import { routerRoutes } from './router-routes';
import type { SubsetDraft } from './subset-draft';

/** A token of RFC 9110. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Visible characters and spaces between them. Another one would be refused by the proxy, after Consul has taken it. */
const HEADER_VALUE = /^[\x21-\x7e\x80-\uffff]+(?:[ \t]+[\x21-\x7e\x80-\uffff]+)*$/;

/**
 * The router with these routes before all others, which stay. A route that stands so already keeps its bytes.
 * @throws MeshRefusal
 */
export function plannedRouter(
  { entries, service, standing }: MeshScene,
  routes: readonly HeaderRoute[],
  draft: SubsetDraft,
): JsonObject {
  const { image } = entries['service-router'];
  const { plain, rest } = routerRoutes(image, service, standing.subsets);
  const planned = routes.map((route): JsonObject => {
    assertSendable(route);
    const same = plain.find((one) => isSameRoute(one.route, route));
    return same?.raw ?? routeTo(draft.for(route.version).name, route);
  });
  return { ...(image ?? { Kind: 'service-router', Name: service }), Routes: [...planned, ...rest] };
}

export function isSameRoute(left: HeaderRoute, right: HeaderRoute): boolean {
  return left.header === right.header && left.value === right.value && left.version === right.version;
}

function routeTo(subset: string, { header, value }: HeaderRoute): JsonObject {
  return {
    Match: { HTTP: { Header: [{ Name: header, Exact: value }] } },
    Destination: { ServiceSubset: subset },
  };
}

function assertSendable({ header, value }: HeaderRoute): void {
  if (!HEADER_NAME.test(header)) {
    const sentence = `${JSON.stringify(header)} is no name of an HTTP header: it takes letters, digits and hyphens.`;
    throw new MeshRefusal('route-header', sentence);
  }
  if (!HEADER_VALUE.test(value)) {
    const sentence = `${JSON.stringify(value)} cannot stand in an HTTP header: it takes no line ends, no control characters and no space at its ends.`;
    throw new MeshRefusal('route-header', sentence);
  }
}

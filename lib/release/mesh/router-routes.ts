import type { JsonObject } from '@/lib/release/json';
import type { HeaderRoute } from '@/lib/release/split-body';
import { holdsMore, objectsIn, textIn } from './entry-parts';
import { otherTenancy } from './own-tenancy';
import type { ResolverSubset } from './resolver-subsets';

const DESTINATION = ['ServiceSubset', 'Service', 'Namespace', 'Partition'];

/** A route as Lictor writes them: one header with one exact value, to a subset, and nothing else. */
interface PlainRoute {
  readonly route: HeaderRoute;
  readonly subset: string;
  readonly raw: JsonObject;
}

export interface RouterRoutes {
  /** Those with which the router begins, which a person may edit here. */
  readonly plain: readonly PlainRoute[];
  /** All that follows, from the first of another form on. */
  readonly rest: readonly JsonObject[];
}

/** @throws ZodError */
export function routerRoutes(
  router: JsonObject | null,
  service: string,
  subsets: ReadonlyMap<string, ResolverSubset>,
): RouterRoutes {
  const all = objectsIn(router, 'Routes');
  const plain: PlainRoute[] = [];
  for (const raw of all) {
    const route = plainRoute(raw, service, router ?? {}, subsets);
    if (route === null) break;
    plain.push(route);
  }
  return { plain, rest: all.slice(plain.length) };
}

function plainRoute(
  raw: JsonObject,
  service: string,
  router: JsonObject,
  subsets: ReadonlyMap<string, ResolverSubset>,
): PlainRoute | null {
  const match = objectIn(raw, 'Match');
  const http = objectIn(match, 'HTTP');
  const destination = objectIn(raw, 'Destination');
  const [header, ...more] = objectsIn(http, 'Header');
  if (header === undefined || more.length > 0) return null;
  if (holdsMore(raw, ['Match', 'Destination']) || holdsMore(match, ['HTTP']) || holdsMore(http, ['Header']))
    return null;
  if (holdsMore(header, ['Name', 'Exact']) || holdsMore(destination, DESTINATION)) return null;
  const [name, value] = [textIn(header, 'Name'), textIn(header, 'Exact')];
  const subset = textIn(destination, 'ServiceSubset');
  const to = textIn(destination, 'Service') || service;
  if (name === '' || value === '' || subset === '' || to !== service) return null;
  if (otherTenancy(destination, router).length > 0) return null;
  const version = subsets.get(subset)?.label ?? subset;
  return { route: { header: name, value, version }, subset, raw };
}

function objectIn(part: JsonObject, field: string): JsonObject {
  const value = part[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

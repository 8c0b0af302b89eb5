import { dequal } from 'dequal/lite';
import { instanceKey } from './keys';
import type { ObservedInstance, ObservedProxy } from './observation';

/** By the key of the instance; of what is no proxy nothing. */
export type Proxies = ReadonlyMap<string, ObservedProxy>;

/** With more that differ each keeps its own. */
const MOST_COMPARED = 8;

/**
 * The proxies among a service's instances, each as the same object for as long as nothing in it differs, and one for all that are alike: five hundred
 * upstreams of fifty instances are kept once. The same map where none differs; undefined where there is none.
 * @param kept keys of instances that are shown as they were before
 */
export function observeProxies(
  previous: Proxies | undefined,
  dc: string,
  instances: readonly ObservedInstance[],
  kept: Iterable<string>,
): Proxies | undefined {
  const distinct: ObservedProxy[] = [];
  const shared = (proxy: ObservedProxy): ObservedProxy => {
    const known = distinct.find((one) => dequal(one, proxy));
    if (known) return known;
    if (distinct.length < MOST_COMPARED) distinct.push(proxy);
    return proxy;
  };
  for (const proxy of new Set(previous?.values())) shared(proxy);
  const now = new Map<string, ObservedProxy>();
  for (const { node, id, proxy } of instances) if (proxy) now.set(instanceKey(dc, node, id), shared(proxy));
  for (const key of kept) {
    const proxy = previous?.get(key);
    if (proxy) now.set(key, proxy);
  }
  return sameOr(previous, now);
}

/** Without what is gone. */
export function remainingProxies(previous: Proxies, keys: ReadonlySet<string>): Proxies | undefined {
  return sameOr(previous, new Map([...previous].filter(([key]) => keys.has(key))));
}

function sameOr(previous: Proxies | undefined, now: Proxies): Proxies | undefined {
  if (now.size === 0) return undefined;
  const isSame = previous?.size === now.size && [...now].every(([key, proxy]) => previous.get(key) === proxy);
  return isSame ? previous : now;
}

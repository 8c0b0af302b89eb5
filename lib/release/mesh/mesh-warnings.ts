import type { SplitWarning } from '@/lib/release/split-body';
import { letsThroughOthers } from './filter/version-filter';
import { isProtocolUnset } from './mesh-obstacle';
import type { MeshScene } from './mesh-scene';
import { ownFailovers } from './resolver-failover';
import type { ResolverSubset } from './resolver-subsets';

/** The entries of a federation are written once, for all of its datacenters. */
export function everyDatacenter({ copies, primary }: MeshScene): SplitWarning[] {
  if (copies.length < 2) return [];
  const sentence = `These datacenters are one federation, whose entries are written in ${primary}: this holds in ${copies.join(', ')} alike.`;
  return [{ severity: 'warning', code: 'every-datacenter', sentence }];
}

export function protocolChange(scene: MeshScene): SplitWarning[] {
  if (!isProtocolUnset(scene)) return [];
  const sentence =
    `Nothing says which protocol ${scene.service} speaks, so that Consul takes it for tcp. This sets http: its proxies then read its traffic as HTTP, ` +
    'also after an undo. Write it only if the service does speak HTTP.';
  return [{ severity: 'warning', code: 'protocol-http', sentence }];
}

/** A filter of somebody else's may be wider than the version that it names. */
export function leakySubset({ instances }: MeshScene, { name, filter, version }: ResolverSubset): SplitWarning[] {
  if (version === null) return [];
  const others = [...new Set(letsThroughOthers(filter, version, instances).map((instance) => instance.version))];
  if (others.length === 0) return [];
  const named = others.map((other) => JSON.stringify(other)).join(', ');
  const sentence = `The subset ${name} of ${JSON.stringify(version)} lets instances of ${named} through as well: they get a part of its share.`;
  return [{ severity: 'warning', code: 'subset-leaks', sentence }];
}

export function failoverWarnings(scene: MeshScene, datacenters: readonly string[]): SplitWarning[] {
  const { places, service } = scene;
  const missing = datacenters.filter((dc) => !places.some((place) => place.dc === dc && place.instances.length > 0));
  const nowhere = missing.map((dc): SplitWarning => {
    const sentence = `No instance of ${service} is known in ${dc}: as long as that is so it stands in for nothing.`;
    return { severity: 'warning', code: 'failover-empty', sentence };
  });
  const own = ownFailovers(scene.entries['service-resolver'].image);
  if (own.length === 0) return nowhere;
  const sentence = `${own.join(', ')} ${own.length === 1 ? 'has' : 'have'} a failover of their own, which this order does not change.`;
  return [...nowhere, { severity: 'note', code: 'failover-own', sentence }];
}

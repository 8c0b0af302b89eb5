import type { Settings } from './config/settings';
import type { ConsulTransport } from './consul/transport';
import type { OpenAddress } from './open-address';
import { TopologySources, type TopologySourcesOptions } from './topology/sources/topology-sources';

export interface OpenTopologySourcesOptions
  extends Pick<TopologySourcesOptions, 'told' | 'onChange' | 'places' | 'clock' | 'random'> {
  readonly addresses: readonly Pick<OpenAddress, 'datacenters' | 'transportOf'>[];
}

/** What says who depends on whom, asked with the tokens that read, over the connections that are there. */
export function openTopologySources(
  { file }: Pick<Settings, 'file'>,
  { addresses, ...options }: OpenTopologySourcesOptions,
): TopologySources {
  const transportOf = (dc: string): ConsulTransport => {
    const [first] = addresses;
    const address = addresses.find(({ datacenters }) => datacenters?.includes(dc) ?? true) ?? first;
    if (!address) throw new Error('There is no Consul address.');
    return address.transportOf(dc);
  };
  return new TopologySources({
    ...options,
    ...{ settings: file.topology, versionMetaKeys: file.version.metaKeys, transportOf },
  });
}

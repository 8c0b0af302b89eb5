import type { ConsulReach } from './model';

/**
 * Whether Consul answers at all, over every address: one that answers is enough, for what only another serves says so itself, by its datacenters.
 * @param reaches at least one
 */
export function combinedReach(reaches: readonly ConsulReach[]): ConsulReach {
  const answering = reaches.filter(({ reachable }) => reachable);
  const telling = answering.length > 0 ? answering : reaches;
  const times = telling.map(({ since }) => since).sort();
  return {
    address: reaches.map(({ address }) => address).join(', '),
    reachable: answering.length > 0,
    // It answers since the first of those that still do; it is silent since the last one fell silent.
    since: (answering.length > 0 ? times[0] : times.at(-1)) ?? '',
    reason: answering.length > 0 ? null : telling.map(({ reason }) => reason ?? '').join(' '),
  };
}

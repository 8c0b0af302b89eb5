import type { FilterSubject } from './schema';

/** What a filter may look like, of each kind of thing: shown where nothing is typed yet. */
export const examples: Readonly<Record<FilterSubject, string>> = {
  services: 'status:critical dc:dc1 not tag:canary',
  instances: 'status:critical version:<1.5 meta.team:pay',
  nodes: 'status:critical dc:dc1 service:web',
  transitions: 'kind:status dc:dc1 service:web',
  alerts: 'severity:critical dc:dc1 service:web',
  calls: 'errors:>1 from:web not kind:intention',
};

import type { ServiceRecord } from '@/lib/fleet/model';

/** A service with so many passing instances; with none it has a critical one. */
export function exampleRecord(key: string, passing: number): ServiceRecord {
  const critical = passing === 0 ? 1 : 0;
  return {
    ...{
      key,
      name: key.split('/')[1] ?? key,
      status: critical ? 'critical' : 'passing',
      instances: passing + critical,
    },
    ...{
      passing,
      warning: 0,
      critical,
      maintenance: 0,
      versions: {},
      flapping: null,
      tags: [],
      worst: null,
      unconfirmed: 0,
    },
    ...{ since: '2026-01-01T00:00:00.000Z', sinceAtLeast: false },
  };
}

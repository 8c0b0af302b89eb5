import { parsePair } from '@/lib/fleet/keys';
import type { SplitRecord } from './split-body';

const AT = '2026-01-01T00:00:00.000Z';

/** A service of two versions, 90% to 10% by the mesh, for tests. `key` is `<dc>/<name>`, each segment percent-encoded. */
export function exampleSplit(key: string, over: Partial<SplitRecord> = {}): SplitRecord {
  const { dc = '', name = '' } = parsePair(key) ?? {};
  const shares = { '1.4.2': 90, '1.5.0': 10 };
  const source = `dc1 config service-splitter/${name}`;
  return {
    ...{ key, dc, name },
    mechanism: 'mesh',
    ...{ wish: shares, declared: shares, observed: null },
    versions: [
      { version: '1.4.2', instances: 9, inTraffic: 9, unverified: 0, stage: 'active' },
      { version: '1.5.0', instances: 1, inTraffic: 1, unverified: 0, stage: 'active' },
    ],
    index: 12,
    mechanisms: [
      { mechanism: 'mesh', can: true, reason: null, declared: shares, source, index: 12 },
      { mechanism: 'policy', can: true, reason: null, declared: null, source: null, index: null },
      { mechanism: 'weights', can: true, reason: null, declared: null, source: null, index: null },
    ],
    ...{ routes: [], failover: [] },
    wished: { by: 'anonymous', at: AT, mechanism: 'mesh' },
    declaredSince: AT,
    observation: { state: 'not-observed', reason: 'LICTOR_PROMETHEUS_URL is not set.' },
    verdict: { state: 'not-observed', since: AT, reason: 'LICTOR_PROMETHEUS_URL is not set.' },
    ...{ drift: null, unfinished: null, writeRefusal: null, etag: '"a"' },
    ...over,
  };
}

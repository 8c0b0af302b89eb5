import { createHash } from 'node:crypto';
import type { HealthAnswer } from './shop-messages';

export type FlipStatus = 'passing' | 'warning' | 'critical';

/** A shop instance as it was registered. */
export interface ShopInstance {
  key: string;
  datacenter: string;
  node: string;
  id: string;
  service: string;
  version: string;
  protocol: 'http' | 'tcp';
  port: number;
  /** Where `/health` answers: the instance's own port for HTTP, a second one for TCP. */
  healthPort: number;
}

const WARNINGS = [
  'slow: p99 of the last minute is 840 ms, the target is 300 ms',
  'degraded: 44 of 50 database connections in use',
  'degraded: the replica is 2.4 s behind its primary',
  'degraded: the disk is 91% full',
];
const FAILURES = [
  'unhealthy: connection pool exhausted (50 of 50 in use, 212 waiting)',
  'unhealthy: the upstream did not answer within 750 ms',
  'unhealthy: out of file descriptors (1024 of 1024)',
  'unhealthy: cannot reach the primary: connection refused',
];

/** What `/health` answers in that state; by default the same text each time for one instance, so that nothing changes unless it is meant to. */
export function healthAnswer(key: string, status: FlipStatus, output?: string): HealthAnswer {
  const number = createHash('sha256').update(key).digest().readUInt32BE(0);
  if (status === 'passing') return { status: 200, body: output ?? `ok in ${2 + (number % 17)} ms` };
  if (status === 'warning') return { status: 429, body: output ?? WARNINGS[number % WARNINGS.length] ?? 'degraded' };
  return { status: 503, body: output ?? FAILURES[number % FAILURES.length] ?? 'unhealthy' };
}

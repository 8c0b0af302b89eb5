import { ConsulError } from '@/server/consul/consul-error';

/**
 * So long after a request failed it is carried out no more, ms: a server of Consul holds one for 7 s while it knows no leader, and what a lost leader had
 * begun is decided by the next.
 */
export const DOUBT_MS = 10_000;

/** Of answers with a status of 500 and more. The others say that Consul would not have it. */
const UNDECIDED =
  /no cluster leader|leadership|not the leader|raft|EOF|time(d )?out|connection (refused|reset)|broken pipe|closed|shut ?down|getting client|get conn|unavailable/i;

/** Whether a write that failed with this may still be carried out, now or in a moment. Otherwise what stands there tells what became of it. */
export function isInDoubt(error: unknown): boolean {
  if (!(error instanceof ConsulError)) return true;
  if (error.kind === 'connect' || error.kind === 'tls' || error.kind === 'tenancy') return false;
  if (error.status === null) return true;
  return error.status >= 500 && UNDECIDED.test(error.message);
}

import { aclsAreOff } from './authorize';
import { ConsulError } from './consul-error';
import { assertStatus, read } from './read';
import type { ConsulTransport } from './transport';

const LIMIT_MS = 4_500;

/**
 * Resolves where Consul knows the token, or has its ACLs off. The answer holds the token's secret; nothing of it is kept.
 * @throws ConsulError where Consul does not answer, or does not know the token.
 */
export async function checkToken(transport: ConsulTransport, datacenter: string, signal: AbortSignal): Promise<void> {
  await read(transport, {
    path: '/v1/acl/token/self',
    query: { dc: datacenter },
    timeoutMs: LIMIT_MS,
    signal,
    acceptStatuses: [200, 401, 404],
    decode: (answer) => {
      // Since 1.15; before, it was 403.
      if (answer.status === 404) throw unknownToken(answer.source);
      if (!aclsAreOff(answer)) assertStatus(answer);
    },
  });
}

function unknownToken(source: string): ConsulError {
  const sentence = `${source} was answered 404: Consul does not know the token; give Lictor one that it knows.`;
  return new ConsulError('status', sentence, { status: 404, denied: true });
}

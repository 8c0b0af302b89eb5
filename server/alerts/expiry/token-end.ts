import { z } from 'zod';
import { read } from '@/server/consul/read';
import type { ConsulTransport } from '@/server/consul/transport';

const LIMIT_MS = 4_500;
const tokenSchema = z.object({ ExpirationTime: z.iso.datetime({ offset: true }).nullish() });

/**
 * When the token of a transport ends, ms since 1970; null: it does not, or Consul does not say. The answer holds its secret: nothing else of it is looked at.
 * @throws ConsulError where Consul does not answer
 */
export async function tokenEnd(
  transport: ConsulTransport,
  dc: string | null,
  signal: AbortSignal,
): Promise<number | null> {
  const { value } = await read(transport, {
    path: '/v1/acl/token/self',
    ...(dc !== null && { query: { dc } }),
    ...{ timeoutMs: LIMIT_MS, signal, acceptStatuses: [200, 401, 403, 404] },
    decode: ({ status, body }) => {
      const parsed = status === 200 ? tokenSchema.safeParse(jsonOf(body)) : null;
      const at = parsed?.success ? parsed.data.ExpirationTime : null;
      return at ? Date.parse(at) : null;
    },
  });
  return value;
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

import { z } from 'zod';
import { wholeBody } from './decode/whole-body';
import { assertStatus, read } from './read';
import type { ConsulAnswer, ConsulTransport } from './transport';

/** A right as Consul is asked for it. An empty segment stands for everything, as do the words of a prefix for what begins so. */
export interface Right {
  readonly Resource: 'service' | 'node' | 'intention' | 'key' | 'operator' | 'session' | 'query';
  readonly Segment: string;
  readonly Access: 'read' | 'write';
}

export interface Authorization {
  readonly transport: ConsulTransport;
  /** Null: that of the asked agent. */
  readonly datacenter: string | null;
  readonly signal: AbortSignal;
}

/** Consul answers no more at a time. */
export const ASKED_AT_ONCE = 64;
const LIMIT_MS = 4_500;

const answersSchema = z.array(z.object({ Allow: z.boolean() }));

/** ACLs are off: everything may be read. */
export function aclsAreOff({ status, body }: ConsulAnswer): boolean {
  return status === 401 && body.includes('ACL support disabled');
}

/**
 * Whether the transport's token has each of these rights (`ASKED_AT_ONCE` at most), in the order asked for; null: ACLs are off.
 * @throws ConsulError where Consul does not answer, or does not know the token.
 */
export async function authorize(question: Authorization, rights: readonly Right[]): Promise<boolean[] | null> {
  const { transport, datacenter, signal } = question;
  const { value } = await read(transport, {
    path: '/v1/internal/acl/authorize',
    ...(datacenter !== null && { query: { dc: datacenter } }),
    method: 'POST',
    body: JSON.stringify(rights),
    timeoutMs: LIMIT_MS,
    signal,
    acceptStatuses: [200, 401],
    decode: (answer) => {
      if (aclsAreOff(answer)) return null;
      assertStatus(answer);
      return wholeBody(answer, answersSchema).map(({ Allow }) => Allow);
    },
  });
  return value;
}

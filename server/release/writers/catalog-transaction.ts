import { z } from 'zod';
import { type JsonObject, jsonObjectSchema } from '@/lib/release/json';
import { ConsulError } from '@/server/consul/consul-error';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { excerpt } from '@/server/consul/excerpt';
import { assertStatus } from '@/server/consul/read';
import type { ConsulAnswer, ConsulTransport } from '@/server/consul/transport';

const LIMIT_MS = 5_000;

/** One operation on the catalog, as `PUT /v1/txn` takes it. */
export type CatalogOperation =
  | { readonly Service: { readonly Verb: 'get' | 'cas'; readonly Node: string; readonly Service: JsonObject } }
  | { readonly Check: { readonly Verb: 'get' | 'cas' | 'delete-cas'; readonly Check: JsonObject } };

const resultsSchema = z.object({
  Results: z.array(z.object({ Service: jsonObjectSchema.optional(), Check: jsonObjectSchema.optional() })).nullable(),
});
const refusalsSchema = z.object({ Errors: z.array(z.object({ What: z.string() })).min(1) });

/** Another index than the one compared, or nothing left to write to. */
const LOST = /index is stale|missing (node|service) registration/i;
const ABSENT = /doesn't exist/i;
const DENIED = /permission denied|acl not found/i;

/**
 * Carries out one operation, at the leader.
 * @returns what stands there then, with its indexes, null after a deletion; `lost`: something else stands there than was compared, and nothing was
 * written; `absent`: there is nothing to get
 * @throws ConsulError
 */
export async function transact(
  transport: ConsulTransport,
  dc: string,
  operation: CatalogOperation,
  signal: AbortSignal,
): Promise<JsonObject | null | 'lost' | 'absent'> {
  const answer = await transport.request({
    ...{ path: '/v1/txn', query: { dc }, method: 'PUT', timeoutMs: LIMIT_MS, signal },
    body: JSON.stringify([operation]),
  });
  if (answer.status === 409) return refusal(answer);
  assertStatus(answer);
  const [result] = wholeBody(answer, resultsSchema).Results ?? [];
  return result?.Service ?? result?.Check ?? null;
}

/** A transaction answers 409 to whatever it does not do, a missing right included. */
function refusal(answer: ConsulAnswer): 'lost' | 'absent' {
  const said = wholeBody(answer, refusalsSchema).Errors[0]?.What ?? '';
  if (LOST.test(said)) return 'lost';
  if (ABSENT.test(said)) return 'absent';
  const denied = DENIED.test(said);
  const remedy = denied
    ? "Lictor's write token may not write this: give it service:write on the service"
    : 'nothing of it was written; its version may not know what was asked';
  throw new ConsulError('status', `${answer.source} was refused ("${excerpt(said)}"): ${remedy}.`, {
    status: answer.status,
    denied,
  });
}

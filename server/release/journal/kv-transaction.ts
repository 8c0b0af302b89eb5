import { z } from 'zod';
import { ConsulError } from '@/server/consul/consul-error';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { excerpt } from '@/server/consul/excerpt';
import { assertStatus } from '@/server/consul/read';
import type { ConsulTransport } from '@/server/consul/transport';

/** One operation of a transaction on keys. `Value` is base64. Keys stand in the body, so that a name of dots leads nowhere else. */
export type KvOperation =
  | { readonly Verb: 'cas'; readonly Key: string; readonly Value: string; readonly Index: number }
  | { readonly Verb: 'set'; readonly Key: string; readonly Value: string }
  | { readonly Verb: 'check-index' | 'delete-cas'; readonly Key: string; readonly Index: number }
  | { readonly Verb: 'get-tree' | 'delete-tree'; readonly Key: string };

export interface TransactionKey {
  readonly key: string;
  /** Empty in the result of a write. */
  readonly value: Buffer;
  readonly modifyIndex: number;
}

export interface TransactionOptions {
  readonly transport: ConsulTransport;
  readonly dc: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const answerSchema = z.object({
  Results: z
    .array(z.object({ KV: z.object({ Key: z.string(), Value: z.string().nullish(), ModifyIndex: z.number() }) }))
    .nullable(),
  Errors: z.array(z.object({ OpIndex: z.number(), What: z.string() })).nullable(),
});

/** What Consul says where a key is not as an operation compares it. */
const COMPARISON_LOST = /index is stale|failed index check|doesn't exist/;

/**
 * All of the operations or none.
 * @returns null where a compared key was another than it should be: nothing was written
 * @throws ConsulError also where it is not known whether they were carried out
 */
export async function kvTransaction(
  { transport, dc, timeoutMs, signal }: TransactionOptions,
  operations: readonly KvOperation[],
): Promise<readonly TransactionKey[] | null> {
  const answer = await transport.request({
    path: '/v1/txn',
    query: { dc },
    method: 'PUT',
    body: JSON.stringify(operations.map((operation) => ({ KV: operation }))),
    timeoutMs,
    signal,
  });
  if (answer.status === 409) {
    const { Errors } = wholeBody(answer, answerSchema);
    const others = (Errors ?? []).filter(({ What }) => !COMPARISON_LOST.test(What));
    if (others.length === 0) return null;
    throw refused(answer.source, others[0]?.What ?? '');
  }
  assertStatus(answer);
  const { Results } = wholeBody(answer, answerSchema);
  return (Results ?? []).map(({ KV }) => ({
    ...{ key: KV.Key, modifyIndex: KV.ModifyIndex },
    value: Buffer.from(KV.Value ?? '', 'base64'),
  }));
}

function refused(source: string, what: string): ConsulError {
  const denied = /permission denied|acl not found/i.test(what);
  const meaning = denied
    ? 'the token that writes may not do this; grant it key_prefix "lictor/" { policy = "write" }'
    : 'Consul carried out nothing of it';
  return new ConsulError('status', `${source} was refused ("${excerpt(what)}"): ${meaning}.`, { status: 409, denied });
}

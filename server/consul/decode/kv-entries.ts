import { z } from 'zod';
import { assertStatus } from '@/server/consul/read';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

/** One key as it stands in Consul's store. */
export interface StoredKey {
  readonly key: string;
  readonly value: Buffer;
  /** The caller's own number; Consul only keeps it. */
  readonly flags: number;
  readonly modifyIndex: number;
  /** The session that has locked it; null: none has. */
  readonly session: string | null;
}

const storedSchema = z
  .object({
    Key: z.string(),
    /** Base64; null where it is empty. */
    Value: z.string().nullish(),
    Flags: z.number().default(0),
    ModifyIndex: z.number(),
    Session: z.string().nullish(),
  })
  .transform(
    ({ Key, Value, Flags, ModifyIndex, Session }): StoredKey => ({
      ...{ key: Key, value: Buffer.from(Value ?? '', 'base64'), flags: Flags, modifyIndex: ModifyIndex },
      session: Session || null,
    }),
  );

/** `/v1/kv/:key`, alone or with `?recurse`; a 404 is Consul's word for none. */
export function decodeKvEntries(answer: ConsulAnswer): StoredKey[] {
  if (answer.status === 404) return [];
  assertStatus(answer);
  return wholeBody(answer, z.array(storedSchema));
}

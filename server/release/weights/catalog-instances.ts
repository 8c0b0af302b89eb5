import { z } from 'zod';
import { type JsonObject, jsonObjectSchema } from '@/lib/release/json';
import { unexpectedShape } from '@/server/consul/decode/json-body';
import { problemOf } from '@/server/consul/decode/problem';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { read } from '@/server/consul/read';
import type { ConsulAnswer, ConsulTransport } from '@/server/consul/transport';

const LIMIT_MS = 5_000;

const entriesSchema = z
  .array(
    z.object({
      Node: z.object({ Node: z.string() }),
      Service: jsonObjectSchema,
      Checks: z.array(jsonObjectSchema).nullish(),
    }),
  )
  .nullable();

const serviceSchema = z.object({
  ID: z.string(),
  Kind: z.string().nullish(),
  Tags: z.array(z.string()).nullish(),
  Meta: z.record(z.string(), z.string()).nullish(),
  /** Since 1.13: another cluster exports it. */
  PeerName: z.string().nullish(),
  CreateIndex: z.int(),
  ModifyIndex: z.int().min(1),
});

const checkSchema = z.object({
  CheckID: z.string(),
  Status: z.enum(['passing', 'warning', 'critical']),
  Notes: z.string().nullish(),
  ServiceID: z.string().nullish(),
  ModifyIndex: z.int(),
});

export interface CatalogCheck {
  readonly id: string;
  readonly status: 'passing' | 'warning' | 'critical';
  readonly scope: 'node' | 'service';
  /** Hostile text. */
  readonly notes: string;
  readonly index: number;
  /** Every field, as Consul gave it. */
  readonly image: JsonObject;
}

/** An instance as the catalog has it, with all its checks and its node's. */
export interface CatalogInstance {
  readonly node: string;
  readonly id: string;
  /** Empty for what is no proxy and no gateway. */
  readonly kind: string;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  readonly createIndex: number;
  readonly index: number;
  readonly checks: readonly CatalogCheck[];
  /** Every field, as Consul gave it. */
  readonly image: JsonObject;
}

/**
 * Every instance of a service, from the leader. What another cluster exports is left out; a record that cannot be read fails the whole, for a plan on a part
 * would say false shares.
 * @param path of its health
 * @throws ConsulError
 */
export async function catalogInstances(
  transport: ConsulTransport,
  path: string,
  dc: string,
  signal: AbortSignal,
): Promise<CatalogInstance[]> {
  return (await read(transport, { path, query: { dc }, timeoutMs: LIMIT_MS, signal, decode: instancesOf })).value;
}

function instancesOf(answer: ConsulAnswer): CatalogInstance[] {
  return (wholeBody(answer, entriesSchema) ?? []).flatMap(({ Node, Service, Checks }) => {
    const service = parsed(answer, serviceSchema, Service);
    if (service.PeerName) return [];
    return [
      {
        ...{ node: Node.Node, id: service.ID, kind: service.Kind ?? '' },
        ...{ tags: service.Tags ?? [], meta: service.Meta ?? {} },
        ...{ createIndex: service.CreateIndex, index: service.ModifyIndex, image: Service },
        checks: (Checks ?? []).map((image) => checkOf(parsed(answer, checkSchema, image), image)),
      },
    ];
  });
}

const checkOf = (check: z.infer<typeof checkSchema>, image: JsonObject): CatalogCheck => ({
  ...{ id: check.CheckID, status: check.Status, notes: check.Notes ?? '', index: check.ModifyIndex, image },
  scope: check.ServiceID ? 'service' : 'node',
});

function parsed<Value>(answer: ConsulAnswer, schema: z.ZodType<Value>, raw: unknown): Value {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw unexpectedShape(answer, problemOf(result.error));
}

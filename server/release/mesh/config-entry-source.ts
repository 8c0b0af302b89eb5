import { z } from 'zod';
import { jsonObjectSchema } from '@/lib/release/json';
import type { MeshEntry } from '@/lib/release/mesh/mesh-entries';
import { imageOf } from '@/lib/release/mesh/same-entry';
import { ConsulError } from '@/server/consul/consul-error';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { assertStatus, read } from '@/server/consul/read';
import { configEntryPath } from '@/server/consul/service-path';
import type { ConsulAnswer, ConsulTransport } from '@/server/consul/transport';

const LIMIT_MS = 5_000;
/** Another 404 comes from what is no Consul. */
const NO_ENTRY = 'Config entry not found';

const entrySchema = z.intersection(z.object({ ModifyIndex: z.int().min(1) }), jsonObjectSchema);

export interface EntryPlace {
  readonly dc: string;
  readonly kind: string;
  readonly name: string;
}

/**
 * A configuration entry as its datacenter has it, by its leader.
 * @throws ConsulError
 */
export async function readConfigEntry(
  transport: ConsulTransport,
  { dc, kind, name }: EntryPlace,
  signal: AbortSignal,
): Promise<MeshEntry> {
  const path = configEntryPath(kind, name);
  if (path === null) throw unnamable(kind, name);
  const { value } = await read(transport, {
    ...{ path, query: { dc }, timeoutMs: LIMIT_MS, signal },
    acceptStatuses: [200, 404],
    decode: decodeEntry,
  });
  return value;
}

function decodeEntry(answer: ConsulAnswer): MeshEntry {
  if (answer.status === 404 && answer.body.includes(NO_ENTRY)) return { image: null, index: 0 };
  assertStatus(answer);
  const entry = wholeBody(answer, entrySchema);
  return { image: imageOf(entry), index: entry.ModifyIndex };
}

function unnamable(kind: string, name: string): ConsulError {
  const sentence = `Consul's API cannot be asked for ${kind} of a service named ${JSON.stringify(name)}: it would lead to another one.`;
  return new ConsulError('redirect', sentence);
}

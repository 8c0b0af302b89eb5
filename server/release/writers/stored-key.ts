import { ConsulError } from '@/server/consul/consul-error';
import { decodeKvEntries, type StoredKey } from '@/server/consul/decode/kv-entries';
import { excerpt } from '@/server/consul/excerpt';
import { assertStatus, read } from '@/server/consul/read';
import type { ConsulRequest } from '@/server/consul/transport';
import type { ReleaseConsul } from '@/server/release/release-consul';

/** A server holds a request for 7 s while it knows no leader, and then answers; above that nothing is to be waited for. */
const LIMIT_MS = 10_000;

/** Of one datacenter's store. */
export interface KeyPlace {
  readonly dc: string;
  readonly key: string;
}

/** What stands there, as its leader has it after asking the others; null: nothing. @throws ConsulError */
export async function readStoredKey(
  consul: ReleaseConsul,
  place: KeyPlace,
  signal: AbortSignal,
): Promise<StoredKey | null> {
  const { value } = await read(consul.transportOf(place.dc), {
    ...requestFor(place, signal, { consistent: '' }),
    acceptStatuses: [200, 404],
    decode: decodeKvEntries,
  });
  return value.find(({ key }) => key === place.key) ?? null;
}

export interface KeyWrite extends KeyPlace {
  readonly text: string;
  /** ModifyIndex that must stand there; 0: nothing must. */
  readonly index: number;
  readonly flags: number;
}

/** Whether it was put; else something else stands there. @throws ConsulError */
export function putStoredKey(consul: ReleaseConsul, write: KeyWrite, signal: AbortSignal): Promise<boolean> {
  const { text, index, flags } = write;
  const query = { cas: String(index), ...(flags > 0 && { flags: String(flags) }) };
  return changed(consul, write, { ...requestFor(write, signal, query), method: 'PUT', body: text });
}

/** Whether it was taken away; else something else stands there. @throws ConsulError */
export function deleteStoredKey(
  consul: ReleaseConsul,
  place: KeyPlace & { readonly index: number },
  signal: AbortSignal,
): Promise<boolean> {
  return changed(consul, place, { ...requestFor(place, signal, { cas: String(place.index) }), method: 'DELETE' });
}

async function changed(consul: ReleaseConsul, { dc }: KeyPlace, request: ConsulRequest): Promise<boolean> {
  const answer = await consul.transportOf(dc).request(request);
  assertStatus(answer);
  const said = answer.body.toString('utf8').trim();
  if (said === 'true' || said === 'false') return said === 'true';
  const sentence = `${answer.source} was answered with ${JSON.stringify(excerpt(said))}, which is neither true nor false: check that this address is a Consul agent.`;
  throw new ConsulError('not-json', sentence);
}

function requestFor({ dc, key }: KeyPlace, signal: AbortSignal, query: Readonly<Record<string, string>>) {
  // Each segment by itself: Consul takes the rest of the path, decoded, for the key.
  const path = `/v1/kv/${key.split('/').map(encodeURIComponent).join('/')}`;
  return { path, query: { dc, ...query }, timeoutMs: LIMIT_MS, signal };
}

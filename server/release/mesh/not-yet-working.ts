import { chainDifference } from '@/lib/release/mesh/chain-difference';
import { type CompiledChain, compiledChainSchema } from '@/lib/release/mesh/compiled-chain';
import { isSameEntry } from '@/lib/release/mesh/same-entry';
import type { WriteOf } from '@/lib/release/planned-write';
import { ConsulError } from '@/server/consul/consul-error';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { read } from '@/server/consul/read';
import { discoveryChainPath } from '@/server/consul/service-path';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { readConfigEntry } from './config-entry-source';

type EntryWrite = WriteOf<'config-entry'>;

const LIMIT_MS = 5_000;

/**
 * In which datacenters what was written does not work yet: the copied entry is not there, or the chain that Consul compiles for the proxies does not follow it. A
 * sentence that names each; null: it works in all.
 * @param writes of one service
 * @throws ConsulError
 */
export async function notYetWorking(
  consul: ReleaseConsul,
  writes: readonly EntryWrite[],
  signal: AbortSignal,
): Promise<string | null> {
  const [first] = writes;
  if (first === undefined) return null;
  const copies = consul.copiesOf(first.dc);
  const found = await Promise.all(copies.map((dc) => differenceIn(consul, dc, writes, signal)));
  const missing = found.flatMap((difference) => difference ?? []);
  return missing.length === 0 ? null : `It does not work everywhere yet. ${missing.join(' ')}`;
}

async function differenceIn(
  consul: ReleaseConsul,
  dc: string,
  writes: readonly EntryWrite[],
  signal: AbortSignal,
): Promise<string | null> {
  const transport = consul.transportOf(dc);
  for (const write of writes) {
    const { entryKind: kind, name, after } = write;
    const { image } = await readConfigEntry(transport, { dc, kind, name }, signal);
    if (image === null || !isSameEntry(image, after)) {
      return `${dc}: ${kind}/${name} is not as it was written${dc === write.dc ? '' : ` in ${write.dc}`}.`;
    }
  }
  const [{ name: service } = { name: '' }] = writes;
  const chain = await compiledChain(consul, dc, service, signal);
  for (const { entryKind, after } of writes) {
    const difference = chainDifference(chain, dc, { service, entryKind, after });
    if (difference !== null) return `${dc}: ${difference}.`;
  }
  return null;
}

async function compiledChain(
  consul: ReleaseConsul,
  dc: string,
  service: string,
  signal: AbortSignal,
): Promise<CompiledChain> {
  const path = discoveryChainPath(service);
  if (path === null) throw new ConsulError('redirect', `Consul's API cannot be asked for the chain of ${service}.`);
  const { value } = await read(consul.transportOf(dc), {
    ...{ path, query: { dc }, timeoutMs: LIMIT_MS, signal },
    decode: (answer) => wholeBody(answer, compiledChainSchema),
  });
  return value;
}

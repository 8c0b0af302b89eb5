import { type CompiledChain, compiledChainSchema } from '@/lib/release/mesh/compiled-chain';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { excerpt } from '@/server/consul/excerpt';
import { assertStatus, read } from '@/server/consul/read';
import { discoveryChainPath } from '@/server/consul/service-path';
import type { ConsulAnswer, ConsulTransport } from '@/server/consul/transport';
import { LIMIT_MS } from './place';

export type ChainReading =
  | { readonly chain: CompiledChain }
  /** Consul could not compile it: why, in Consul's words, which are hostile text. */
  | { readonly problem: string }
  /** Consul has no chains: a sentence. */
  | { readonly lacking: string };

/** A 500 that is about how Consul is, and not about the chain. */
const TROUBLE = /no cluster leader|no path to datacenter|connection|timeout|EOF|no known consul servers|rate limit/i;
const CONNECT_OFF = 'Connect must be enabled';

/** What Consul makes of the entries of a service in one datacenter; null: its name cannot be asked for. @throws ConsulError */
export async function readChain(
  transport: ConsulTransport,
  dc: string,
  service: string,
  signal: AbortSignal,
): Promise<ChainReading | null> {
  const path = discoveryChainPath(service);
  if (path === null) return null;
  const request = { path, query: { dc }, timeoutMs: LIMIT_MS, signal, acceptStatuses: [200, 404, 500] };
  const { value } = await read(transport, { ...request, decode: (answer) => readingOf(answer, dc) });
  return value;
}

function readingOf(answer: ConsulAnswer, dc: string): ChainReading {
  if (answer.status === 200) return { chain: wholeBody(answer, compiledChainSchema) };
  if (answer.status === 404) return { lacking: `This version of Consul tells no discovery chains in ${dc}.` };
  const words = answer.body.subarray(0, 4_000).toString('utf8');
  if (words.includes(CONNECT_OFF)) return { lacking: `Connect is switched off in ${dc}, so there are no chains.` };
  if (TROUBLE.test(words)) assertStatus(answer);
  return { problem: excerpt(words.replace(/^rpc error making call: /, '')) };
}

import { z } from 'zod';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { assertStatus, read } from '@/server/consul/read';
import type { ConsulAnswer, ConsulTransport } from '@/server/consul/transport';
import type { ReleaseConsul } from '@/server/release/release-consul';

const LIMIT_MS = 5_000;

const rootsSchema = z.object({ TrustDomain: z.string().nullish() });

/**
 * Whether an entry for a datacenter arrives there. An agent writes every entry in the primary of its own federation, whatever `?dc=` says: one that is only joined
 * with that datacenter would write it, with 200, in its own (seen with 1.8.7). The datacenters of a federation have one trust domain, which needs no right to be
 * read.
 */
export class WritingPlaces {
  /** They arrive there. An address leads to agents of one federation for as long as this process lives. */
  readonly #proven = new Set<string>();

  constructor(private readonly consul: Pick<ReleaseConsul, 'transportOf'>) {}

  /**
   * Why no entry may be written for this datacenter, a sentence; null: it may.
   * @throws ConsulError
   */
  async obstacle(primary: string, signal: AbortSignal): Promise<string | null> {
    if (this.#proven.has(primary)) return null;
    const transport = this.consul.transportOf(primary);
    const [own, wanted] = await Promise.all([
      trustDomain(transport, {}, signal),
      trustDomain(transport, { dc: primary }, signal),
    ]);
    if (wanted === null) return `Connect is off in ${primary}, so there is no mesh that would obey its entries.`;
    if (own !== wanted) {
      return (
        `The agent that Lictor asks for ${primary} belongs to another federation, and would write every entry there. ` +
        `Give Lictor an address in ${primary} itself (LICTOR_DATACENTERS).`
      );
    }
    this.#proven.add(primary);
    return null;
  }
}

/** Null: Connect is off there, or has no certificate authority yet. */
async function trustDomain(
  transport: ConsulTransport,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | null> {
  const { value } = await read(transport, {
    ...{ path: '/v1/connect/ca/roots', query, timeoutMs: LIMIT_MS, signal },
    acceptStatuses: [200, 500],
    decode: decodeTrustDomain,
  });
  return value;
}

function decodeTrustDomain(answer: ConsulAnswer): string | null {
  if (answer.status === 500 && answer.body.includes('Connect must be enabled')) return null;
  assertStatus(answer);
  return wholeBody(answer, rootsSchema).TrustDomain || null;
}

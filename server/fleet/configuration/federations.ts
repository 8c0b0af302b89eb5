import { z } from 'zod';
import type { AgentPlace } from '@/server/consul/agent-place';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { assertStatus } from '@/server/consul/read';
import type { ConsulAnswer } from '@/server/consul/transport';

/** Until each datacenter has said to which federation it belongs so long is waited, ms: one may be away. */
const PATIENCE_MS = 20_000;

const rootsSchema = z.object({ TrustDomain: z.string().nullish(), ActiveRootID: z.string().nullish() });

/**
 * The trust domain of `/v1/connect/ca/roots`, which needs no right: the datacenters of one federation share it, those that are only joined do not. Null where
 * Consul has none (Connect is off); undefined where it has none yet: a datacenter that has not got its root from its primary shows a passing one.
 */
export function decodeTrustDomain(answer: ConsulAnswer): string | null | undefined {
  if (answer.status === 500 && answer.body.includes('Connect must be enabled')) return null;
  assertStatus(answer);
  const { TrustDomain, ActiveRootID } = wholeBody(answer, rootsSchema);
  return ActiveRootID ? TrustDomain || null : undefined;
}

/**
 * Where configuration is written: in a federation in its primary alone, which the others copy. The agents that are asked name their primary, where the token may read
 * them; else one of the watched datacenters stands for its federation, for all show the same.
 */
export class Federations {
  /** By datacenter; undefined: not told yet. */
  readonly #trustDomains = new Map<string, string | null | undefined>();
  readonly #places: AgentPlace[] = [];
  readonly #startedAtMs: number;

  constructor(private readonly nowMs: () => number) {
    this.#startedAtMs = nowMs();
  }

  /** It is watched from now on. */
  add(dc: string): void {
    if (!this.#trustDomains.has(dc)) this.#trustDomains.set(dc, undefined);
  }

  remove(dc: string): void {
    this.#trustDomains.delete(dc);
  }

  belongs(dc: string, trustDomain: string | null): void {
    if (this.#trustDomains.has(dc)) this.#trustDomains.set(dc, trustDomain);
  }

  /** An agent that is asked said so of itself. */
  stands(place: AgentPlace): void {
    this.#places.push(place);
  }

  /** Null: it is not known yet. */
  isWrittenIn(dc: string): boolean | null {
    const own = this.#trustDomains.get(dc);
    const isWaiting = [...this.#trustDomains.values()].some((domain) => domain === undefined);
    if (isWaiting && this.nowMs() - this.#startedAtMs < PATIENCE_MS) return null;
    if (own == null) return true;
    const members = [...this.#trustDomains].filter(([, domain]) => domain === own).map(([name]) => name);
    const place = this.#places.find(({ datacenter }) => this.#trustDomains.get(datacenter) === own);
    const primary = place && this.#trustDomains.has(place.primary) ? place.primary : members.sort()[0];
    return dc === primary;
  }
}

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
    if (this.#isWaiting) return null;
    const own = this.#trustDomains.get(dc);
    if (own == null) return true;
    const place = this.#placeOf(dc);
    const primary = place && this.#trustDomains.has(place.primary) ? place.primary : this.#membersOf(dc)[0];
    return dc === primary;
  }

  /**
   * Where its configuration entries have to be written; itself where nothing is federated. Unlike the one that stands for its federation it is never guessed: null where
   * no agent that may be read has named it.
   */
  primaryOf(dc: string): string | null {
    const place = this.#placeOf(dc);
    if (place) return place.primary;
    if (this.#isWaiting) return null;
    return this.#membersOf(dc).length === 1 ? dc : null;
  }

  /** The watched datacenters that have the entries of this primary, itself included, sorted. */
  copiesOf(primary: string): readonly string[] {
    const named = [...this.#trustDomains.keys()].filter((dc) => this.#placeOf(dc)?.primary === primary);
    return [...new Set([primary, ...named, ...this.#membersOf(primary)])].sort();
  }

  get #isWaiting(): boolean {
    const isUntold = [...this.#trustDomains.values()].some((domain) => domain === undefined);
    return isUntold && this.nowMs() - this.#startedAtMs < PATIENCE_MS;
  }

  /** What an agent of its federation, itself where nothing is federated, said of where it stands. */
  #placeOf(dc: string): AgentPlace | undefined {
    const own = this.#trustDomains.get(dc);
    return this.#places.find(
      ({ datacenter }) => datacenter === dc || (own != null && this.#trustDomains.get(datacenter) === own),
    );
  }

  /** Sorted. */
  #membersOf(dc: string): string[] {
    const own = this.#trustDomains.get(dc);
    if (own == null) return [dc];
    return [...this.#trustDomains]
      .filter(([, domain]) => domain === own)
      .map(([name]) => name)
      .sort();
  }
}

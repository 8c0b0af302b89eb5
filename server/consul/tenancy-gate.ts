import type { Clock } from './clock';
import { learnEdition } from './consul-edition';
import { ConsulError } from './consul-error';
import { type Tenancy, withTenancy } from './tenancy-query';
import { tenancyRefusal } from './tenancy-refusal';
import type { ConsulRequest, ConsulTransport } from './transport';

/** What was refused is judged again no sooner, ms: Consul may have been replaced. */
const JUDGE_AGAIN_AFTER_MS = 10_000;

interface Verdict {
  /** A sentence; null: namespace and partition may go out. */
  readonly refusal: string | null;
  readonly atMs: number;
}

/**
 * Lets a namespace and a partition go only to a Consul that takes them. Others answer 400, or show the whole datacenter and say nothing: a filter that is
 * silently not applied would be a lie.
 */
export class TenancyGate {
  #verdict: Promise<Verdict> | null = null;

  /** @param transport of the address whose agent decides for all datacenters behind it */
  constructor(
    private readonly transport: ConsulTransport,
    private readonly address: string,
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /**
   * The request with namespace and partition, where its path has a place for them.
   * @throws ConsulError `tenancy` where Consul does not take them; any other where that cannot be learnt now
   */
  async scoped(request: ConsulRequest): Promise<ConsulRequest> {
    const scoped = withTenancy(request, this.tenancy);
    if (scoped === request) return request;
    const refusal = await this.#refusal();
    if (refusal !== null) throw new ConsulError('tenancy', refusal, { denied: true });
    return scoped;
  }

  /** A 400 tells that another Consul may stand there now. */
  answered(status: number): void {
    if (status === 400) this.#verdict = null;
  }

  async #refusal(): Promise<string | null> {
    const verdict = await this.#judged();
    const old = Math.abs(this.clock.now() - verdict.atMs) >= JUDGE_AGAIN_AFTER_MS;
    if (verdict.refusal === null || !old) return verdict.refusal;
    this.#verdict = null;
    return (await this.#judged()).refusal;
  }

  /** One question for all who wait for its answer. */
  #judged(): Promise<Verdict> {
    this.#verdict ??= this.#judge().catch((error: unknown) => {
      this.#verdict = null;
      throw error;
    });
    return this.#verdict;
  }

  async #judge(): Promise<Verdict> {
    const edition = await learnEdition(this.transport);
    return { refusal: tenancyRefusal(this.tenancy, edition, this.address), atMs: this.clock.now() };
  }
}

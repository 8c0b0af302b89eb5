import type { TenancyGate } from './tenancy-gate';
import type { ConsulAnswer, ConsulRequest, ConsulTransport, TransportStats } from './transport';

export interface DatacenterScope {
  /** Asked for each request. */
  readonly token: () => string | null;
  /** Null: neither namespace nor partition is asked for. */
  readonly tenancy: TenancyGate | null;
}

/** An address's transport as one of its datacenters uses it: connections and their budget stay the address's, token and tenancy are its own. */
export function datacenterTransport(transport: ConsulTransport, scope: DatacenterScope): ConsulTransport {
  return new DatacenterTransport(transport, scope);
}

class DatacenterTransport implements ConsulTransport {
  constructor(
    private readonly inner: ConsulTransport,
    private readonly scope: DatacenterScope,
  ) {}

  async request(request: ConsulRequest): Promise<ConsulAnswer> {
    const { token, tenancy } = this.scope;
    const own = { ...request, token };
    if (!tenancy) return this.inner.request(own);
    const answer = await this.inner.request(await tenancy.scoped(own));
    tenancy.answered(answer.status);
    return answer;
  }

  get stats(): TransportStats {
    return this.inner.stats;
  }

  get waitingCapacity(): number {
    return this.inner.waitingCapacity;
  }

  get oldestUnreadMs(): number | null {
    return this.inner.oldestUnreadMs;
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

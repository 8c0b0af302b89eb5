import type { CheckStatus, Weights } from './model';

/** What one answer of Consul says, before anything is concluded from it. */
export interface ObservedCheck {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly status: CheckStatus;
  readonly output: string;
  readonly notes: string;
  readonly scope: 'node' | 'service';
}

/** Where a proxy leads to. */
export interface ObservedUpstream {
  /** A service's, or a prepared query's. */
  readonly name: string;
  readonly isQuery: boolean;
  /** Each empty where it is the proxy's own. */
  readonly datacenter: string;
  readonly namespace: string;
  readonly partition: string;
  readonly peer: string;
}

/** What a proxy of the mesh or a gateway is registered with. It is told within the process, and is part of no body. */
export interface ObservedProxy {
  /** Consul's: `connect-proxy`, `mesh-gateway`, `ingress-gateway`, … */
  readonly kind: string;
  /** The service that it stands for; empty with a gateway. */
  readonly destination: string;
  /** What it leads to is what intentions let it, and not what is listed. */
  readonly isTransparent: boolean;
  readonly upstreams: readonly ObservedUpstream[];
}

export interface ObservedInstance {
  readonly id: string;
  readonly node: string;
  /** The instance's own address, else its node's. */
  readonly address: string;
  readonly port: number;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  readonly weights: Weights;
  readonly checks: readonly ObservedCheck[];
  /** Of what is a proxy or a gateway. */
  readonly proxy?: ObservedProxy;
}

export interface ObservedNode {
  readonly name: string;
  readonly address: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly checks: readonly ObservedCheck[];
}

/** How an observation came about. */
export interface Sighting {
  /** When the answer arrived, ISO 8601. */
  readonly at: string;
  /** Something may have begun before Lictor looked: a first look, or the first after a break. */
  readonly afterGap: boolean;
}

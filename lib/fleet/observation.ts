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

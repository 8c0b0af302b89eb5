import type { FreshnessState, Status } from '@/lib/fleet/model';
import type { Evidence, FlapEvidence } from './evidence';

/** What rules are told of the fleet, live or out of the record. Times are ms since 1970. */

export interface InstanceFacts {
  readonly key: string;
  readonly id: string;
  readonly node: string;
  readonly version: string;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  readonly status: Status;
  /** When that began. */
  readonly sinceMs: number;
  readonly sinceAtLeast: boolean;
  /** Its own checks; those of its node are the node's. */
  readonly checks: readonly { readonly id: string; readonly status: Status }[];
}

export interface ServiceFacts {
  readonly dc: string;
  readonly name: string;
  /** Key of the service whose sidecars its instances all are; null or absent: they are none, or nobody says. */
  readonly standsFor?: string | null;
  readonly status: Status;
  readonly instances: readonly InstanceFacts[];
  /** Null: nothing of it flaps. */
  readonly flaps: FlapFacts | null;
}

export interface NodeFacts {
  readonly dc: string;
  readonly name: string;
  readonly status: Status;
  readonly sinceMs: number;
  readonly sinceAtLeast: boolean;
  readonly meta: Readonly<Record<string, string>>;
  readonly checks: readonly { readonly id: string; readonly status: Status }[];
  /** Names of the services with an instance here. */
  readonly services: readonly string[];
  readonly instances: number;
  readonly flaps: FlapFacts | null;
}

export interface FlapFacts {
  /** Of the first of its members. */
  readonly sinceMs: number;
  readonly evidence: FlapEvidence;
  /** Keys of the nodes that its members are on. */
  readonly nodes: readonly string[];
}

export interface DatacenterFacts {
  readonly dc: string;
  readonly freshness: FreshnessState;
  readonly freshnessSinceMs: number;
  readonly lastContactMs: number | null;
  readonly reason: string | null;
  readonly hasLeader: boolean;
  /** Since when none is known; null: one is. */
  readonly noLeaderSinceMs: number | null;
  readonly unconfirmed: {
    readonly instances: number;
    readonly nodes: number;
    readonly sinceMs: number;
    readonly reason: string;
  } | null;
}

/** Something with an end. */
export interface ExpiryFacts {
  readonly id: string;
  readonly what: Extract<Evidence, { kind: 'expiry' }>['what'];
  /** As in the evidence. */
  readonly name: string;
  /** The datacenter that it is for; empty: Lictor's own. */
  readonly dc: string;
  readonly expiresAtMs: number;
}

import type { AlertsBody } from '@/lib/alerts/alert-body';
import type { ConsulReach, FleetBody, FreshnessState, NodesBody, ServiceBody, Status } from '@/lib/fleet/model';
import type { SplitsBody } from '@/lib/release/split-body';
import type { SystemBody } from '@/lib/system/system-body';
import type { TopologyBody } from '@/lib/topology/topology-body';

/** The stream of `/api/v1/stream`: what each server-sent event carries. Public; it changes only by addition. */

/** A topic's name: `fleet`, `nodes`, `splits`, `alerts`, `topology`, `system` or `service:<service key>`. */
export type Topic = 'fleet' | 'nodes' | 'splits' | 'alerts' | 'topology' | 'system' | `service:${string}`;

export type TopicBody = FleetBody | NodesBody | SplitsBody | AlertsBody | TopologyBody | SystemBody | ServiceBody;

/** One record put in the place of its key, or taken away. */
export interface Change<Value = unknown> {
  readonly key: string;
  readonly op: 'put' | 'remove';
  /** The record; null with `remove`. */
  readonly value: Value | null;
  /** The status before; null where there was none, and for records without a status. Equal to the new one: no transition. */
  readonly from: Status | null;
  /** One answer of Consul may stand for more transitions than this one. */
  readonly merged: boolean;
}

export interface SnapshotEvent<Body extends TopicBody = TopicBody> {
  readonly topic: Topic;
  readonly seq: number;
  readonly at: string;
  readonly data: Body;
}

export interface ChangeEvent {
  readonly topic: Topic;
  readonly seq: number;
  readonly at: string;
  /** When Lictor read it off Consul, ISO 8601. */
  readonly observedAt: string;
  /** Consul's index of the answer it was read from; null for what did not come from an answer (freshness). */
  readonly index: number | null;
  readonly changes: readonly Change[];
}

export interface HeartbeatEvent {
  readonly at: string;
  readonly seq: number;
  readonly freshness: readonly { dc: string; state: FreshnessState; lastContactMs: number | null }[];
  /** Whether Consul itself answers; what a page says while no datacenter is known. */
  readonly consul: ConsulReach;
}

export interface ByeEvent {
  readonly reason: string;
  readonly retryMs: number;
}

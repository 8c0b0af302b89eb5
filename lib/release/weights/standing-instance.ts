import type { Status, Weights } from '@/lib/fleet/model';
import type { JsonObject } from '@/lib/release/json';
import { isLictorsReason } from './maintenance-reason';

/** Maintenance of one instance alone, at whoever owns it. */
export interface InstanceMaintenance {
  readonly reason: string;
  /** The catalog's check, whole; null where an agent owns it. */
  readonly check: JsonObject | null;
  /** ModifyIndex of that check; 0 where an agent owns it. */
  readonly index: number;
}

/** An instance as a plan by weights finds it. */
export interface StandingInstance {
  /** `<dc>/<node>/<service id>`, each segment percent-encoded. */
  readonly key: string;
  readonly node: string;
  /** The service id. */
  readonly id: string;
  readonly version: string;
  /** `agent`: what is written to the catalog is undone by the agent that registered it. */
  readonly owner: 'catalog' | 'agent';
  /** By all its checks. */
  readonly status: Status;
  /** It would take traffic, and may, were Lictor's own maintenance not there. */
  readonly serves: boolean;
  /** A check looks at it. */
  readonly verified: boolean;
  /** Null: off. */
  readonly maintenance: InstanceMaintenance | null;
  /** As the catalog has them: what clients obey. */
  readonly weights: Weights;
  /** As its owner has it, without indexes. */
  readonly definition: JsonObject;
  /** ModifyIndex in the catalog. */
  readonly index: number;
  /** CreateIndex in the catalog: who has a greater one registered later. */
  readonly createIndex: number;
}

export const isTakenOut = ({ maintenance }: Pick<StandingInstance, 'maintenance'>): boolean =>
  maintenance !== null && isLictorsReason(maintenance.reason);

/** It takes traffic now, and may. */
export const takesTraffic = (instance: StandingInstance): boolean => instance.serves && !isTakenOut(instance);

/** What clients count for it now: Consul has a weight for each of the two statuses in which it serves. */
export const weightNow = ({ status, weights }: Pick<StandingInstance, 'status' | 'weights'>): number =>
  status === 'warning' ? weights.warning : weights.passing;

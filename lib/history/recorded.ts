import type { KeptSubject } from '@/lib/configuration/subject-key';
import type { Check, Instance } from '@/lib/fleet/model';
import type { StatusTally } from './roll-up';

/**
 * What the record keeps of a check: not its output, which is hostile, large, and another one at every run. A check of a node is kept with the node
 * alone, though it counts in the status of every instance there: a lost node with a hundred instances is one check that fell, not a hundred.
 */
export type RecordedCheck = Pick<Check, 'id' | 'scope' | 'status'>;

/**
 * What the record keeps of an instance. A live `Instance` is one: both sides of a difference may be live ones, or one of them read back from the
 * record, which has the checks of scope `service` alone.
 */
export interface RecordedInstance
  extends Pick<
    Instance,
    'key' | 'id' | 'node' | 'address' | 'port' | 'version' | 'tags' | 'meta' | 'weights' | 'status'
  > {
  readonly checks: readonly RecordedCheck[];
}

/** Of a node; a live `NodeDetail` gives one. */
export interface RecordedNode {
  readonly name: string;
  readonly address: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly status: Instance['status'];
  /** Of scope `node`, sorted by id. */
  readonly checks: readonly RecordedCheck[];
}

/** A service as the record last knew it. */
export interface RecordedService {
  readonly name: string;
  readonly status: Instance['status'];
  /** Sorted by key. */
  readonly instances: readonly RecordedInstance[];
  /** The highest of Consul's indexes among its transitions; null: none had one. What a replica held and has an index no higher is already written. */
  readonly lastIndex: number | null;
}

/** One past moment of a datacenter. */
export interface PastDatacenter {
  readonly dc: string;
  readonly freshness: string | null;
  readonly services: readonly RecordedService[];
  readonly nodes: readonly RecordedNode[];
  /** When each instance's (and node's) present status began, by key; absent: before the record. */
  readonly sinceMs: ReadonlyMap<string, number>;
}

/** A configuration entry, an intention or a key of Consul's store. */
export interface RecordedConfiguration {
  readonly kind: KeptSubject;
  /** Of the subject. */
  readonly key: string;
  /** `to` of its newest `configuration`. */
  readonly content: string;
}

/** A node as the record last knew it; `lastIndex` as of a service. */
export interface LastRecordedNode extends RecordedNode {
  readonly lastIndex: number | null;
}

/** A service of a past moment in sums: all that a list of services shows of it. */
export interface ServiceSummary {
  readonly name: string;
  readonly status: Instance['status'];
  readonly counts: StatusTally;
  /** Instances by version. */
  readonly versions: ReadonlyMap<string, number>;
  /** All tags of its instances, in any order. */
  readonly tags: ReadonlySet<string>;
  /** Since when the first of the instances of its status had it, or, passing, the last; null: before the record, or it has none. */
  readonly sinceMs: number | null;
  /** The first instance, by key, that has its status where that is not passing, and the check that says so; null: there is no such check. */
  readonly worst: { readonly instance: string; readonly node: string; readonly check: string } | null;
}

/** One past moment of a datacenter in sums. */
export interface PastSummary {
  readonly dc: string;
  readonly freshness: string | null;
  readonly services: readonly ServiceSummary[];
}

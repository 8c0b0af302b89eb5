import type { Check, Instance } from '@/lib/fleet/model';

/** What the record keeps of a check: not its output, which is hostile, large, and another one at every run. */
export type RecordedCheck = Pick<Check, 'id' | 'name' | 'type' | 'scope' | 'status'>;

/**
 * What the record keeps of an instance. A live `Instance` is one: both sides of a difference may be live ones, or one of them read back from the
 * record.
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

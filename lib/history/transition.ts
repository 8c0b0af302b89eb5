/**
 * The record's vocabulary. A transition is one fact that Lictor saw change, with when it was seen and what it was before. The record is nothing
 * but these, in the order in which they were seen: every past state is a fold of them.
 */

export const subjectKinds = [
  'datacenter',
  'node',
  'service',
  'instance',
  'config-entry',
  'intention',
  'kv',
  /** Lictor itself. */
  'lictor',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export const transitionKinds = [
  /** An instance, a service or a node is there; `to` of an instance and a node is its whole record (`recorded-json.ts`), of a service its status. */
  'registered',
  /** It is gone; `from` is its last status. */
  'deregistered',
  /** The status in sum. */
  'status',
  /** One check, named by `item`: its status; null before it was there, null when it is gone. An instance's own checks; those of its node are the node's. */
  'check',
  'version',
  /** The whole list or object, as are `meta`, `weights` and `address` (`recorded-json.ts`). */
  'tags',
  'meta',
  'weights',
  'address',
  /** Of a service: a version that none of its instances had before; `from` is what they had. */
  'deployment',
  /** Of a datacenter: `live`, `stale`, `lost`, `denied`. */
  'freshness',
  /** Of a datacenter: the address of Consul's leader; of Lictor: the replica that writes. */
  'leader',
  /** Of a configuration entry, an intention or a key: from one content to the next, null where there is none. */
  'configuration',
  /** Of Lictor: it began to write the record, or ended. */
  'started',
  'stopped',
  /** Of Lictor: the machine's clock was set; `to` is by how many ms. */
  'clock-set',
  /** Of Lictor: something it wrote by itself or for a person. */
  'write',
  /** An alert's state. */
  'alert',
  /** A release's state. */
  'release',
  /** Of a service: an edge of the topology that goes out from it, named by `item`, from one text of `lib/topology/recorded-edge` to the next; null: there is none. */
  'edge',
  /** Of a service: how it went over to another datacenter (`lib/topology/recorded-switch`); `item` is when its last healthy instance fell, ISO 8601. */
  'failover',
] as const;
export type TransitionKind = (typeof transitionKinds)[number];

/** What a transition is about. */
export interface Subject {
  readonly kind: SubjectKind;
  /**
   * Unique within its kind. Datacenter, service, node and instance: their public keys (`lib/fleet/keys`). Configuration entry `<dc>/<kind>/<name>`,
   * intention `<dc>/<source>/<destination>`, key `<dc>/<key>`, each segment percent-encoded; Lictor: its replica's name.
   */
  readonly key: string;
  /** Empty for Lictor. */
  readonly dc: string;
  /** Of a service: its name; of an instance: the name of its service; else null. */
  readonly service: string | null;
  /** Of a node: its name; of an instance: the name of its node; else null. */
  readonly node: string | null;
}

export interface Transition {
  readonly subject: Subject;
  readonly kind: TransitionKind;
  /** Which part of the subject: a check's id; else null. */
  readonly item: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** When Lictor saw it, ms since 1970 by the machine's clock. */
  readonly observedAtMs: number;
  /** Consul's index of the answer; null where no answer stands behind it. */
  readonly index: number | null;
  /** One answer of Consul may stand for more transitions than this one. */
  readonly merged: boolean;
  /**
   * It happened unwatched, at some moment between this one (ms since 1970) and `observedAtMs`; 0: at any moment before, since the record did not know its
   * datacenter yet; null: it was watched.
   */
  readonly unwatchedFromMs: number | null;
}

/** A transition as it stands in the record. Ids grow in the order of writing, which is that of `observedAtMs` but where the clock was set. */
export interface RecordedTransition extends Transition {
  readonly id: number;
}

/** A span in which nobody watched a datacenter, or the datacenter was not live: what it was then is unknown. */
export interface Gap {
  readonly dc: string;
  readonly fromMs: number;
  /** Null while it lasts. */
  readonly toMs: number | null;
  /** A sentence for a person. */
  readonly reason: string;
}

import type { KeptSubject } from './subject-key';

/** A configuration entry, an intention or a key of Consul's store, as the record keeps it. */
export interface ConfigurationFact {
  readonly dc: string;
  readonly subject: KeptSubject;
  /** Of the subject in the record: `subject-key.ts`. */
  readonly key: string;
  /** As a person names it: `<kind>/<name>`, `<source> => <destination>`, the key. Hostile text. */
  readonly name: string;
  /** Consul's index of its last write. */
  readonly modifyIndex: number;
  /** First 12 hex digits of a SHA-256 of what it stands for. */
  readonly digest: string;
  /**
   * What is kept: of an entry and an intention their JSON with sorted keys, without what Consul only counts with. Of what is too large for that, and of every key, since
   * values hold secrets, JSON of `digest`, `bytes` and (of a key) `version` and `flags`.
   */
  readonly content: string;
}

/** One of them changed under watch. */
export interface ConfigurationChange {
  readonly dc: string;
  readonly subject: KeptSubject;
  readonly key: string;
  readonly name: string;
  readonly op: 'put' | 'remove';
  /** Consul's index of the write; null with `remove`: nobody says. */
  readonly modifyIndex: number | null;
  /** ISO 8601. */
  readonly observedAt: string;
  /** Consul's index of the answer; null where it gave none. */
  readonly index: number | null;
  /** The answer may stand for more changes than it shows. */
  readonly merged: boolean;
  /** Null: it was not there. */
  readonly from: ConfigurationFact | null;
  /** Null: it is gone. */
  readonly to: ConfigurationFact | null;
  /** The fields of its content that differ, `Action: allow → deny`; empty where it came or went. Hostile text, cut short. */
  readonly summary: string;
}

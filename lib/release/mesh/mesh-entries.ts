import type { JsonObject } from '@/lib/release/json';

/** In the order in which Consul takes them: a splitter needs its protocol and its subsets first. */
export const meshKinds = ['service-defaults', 'service-resolver', 'service-splitter', 'service-router'] as const;
export type MeshKind = (typeof meshKinds)[number];

/** A configuration entry as it stands. */
export interface MeshEntry {
  /** Field by field as Consul gave it, without its indexes; null: there is none. */
  readonly image: JsonObject | null;
  /** What a compare-and-set compares; 0: there is none. */
  readonly index: number;
}

export type MeshEntries = Readonly<Record<MeshKind, MeshEntry>>;

/** As a person names an entry: `dc1 config service-splitter/payment`. */
export function entryTarget(dc: string, kind: string, name: string): string {
  return `${dc} config ${kind}/${name}`;
}

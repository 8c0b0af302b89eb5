import type { ConfigurationChange, ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { entryEdges, intentionEdges } from '@/lib/topology/config-edges';
import type { Clock } from '@/server/consul/clock';
import type { TopologyTold } from './told';

/** Where entries and intentions are written, and which datacenters have them. */
export interface WrittenPlaces {
  /** Null: it is not known yet. */
  isWrittenIn(dc: string): boolean | null;
  /** Itself included. */
  copiesOf(primary: string): readonly string[];
}

export interface ConfiguredSourceOptions {
  readonly clock: Clock;
  readonly told: TopologyTold;
  readonly places: WrittenPlaces;
  /** Keys of metadata that hold a version. */
  readonly versionMetaKeys: readonly string[];
  /** An entry came, changed or went, in each of these datacenters. */
  readonly onEntry: (datacenters: readonly string[], kind: string, name: string) => void;
}

/** What has to be read together: the entries of one service, one entry of another kind, or one intention. */
type Group = Map<string, ConfigurationFact>;

interface Written {
  readonly groups: Map<string, Group>;
  copies: readonly string[];
}

const OF_SERVICE = new Set(['service-router', 'service-splitter', 'service-resolver']);

/** What is configured, told for every datacenter that has it; a change costs what it is read with. */
export class ConfiguredSource {
  readonly #options: ConfiguredSourceOptions;
  /** By the datacenter in which it is written. */
  readonly #written = new Map<string, Written>();

  constructor(options: ConfiguredSourceOptions) {
    this.#options = options;
  }

  baseline(dc: string, facts: readonly ConfigurationFact[]): void {
    const written = this.#at(dc);
    const touched = new Set(facts.map((fact) => put(written, fact)));
    for (const group of touched) if (group !== null) this.#tell(dc, written, group, written.copies);
    for (const { subject, name } of facts) if (subject === 'config-entry') this.#onEntry(written, name);
  }

  changed(change: ConfigurationChange): void {
    const written = this.#at(change.dc);
    const group = change.to ? put(written, change.to) : remove(written, change);
    if (group !== null) this.#tell(change.dc, written, group, written.copies);
    if (change.subject === 'config-entry') this.#onEntry(written, change.name);
  }

  /** To be called often: which datacenters share what is written becomes known, and may change. */
  tick(): void {
    for (const [dc, written] of this.#written) {
      if (this.#options.places.isWrittenIn(dc) === false) {
        this.forget(dc);
        continue;
      }
      const copies = this.#options.places.copiesOf(dc);
      const gone = written.copies.filter((copy) => !copies.includes(copy));
      const added = copies.filter((copy) => !written.copies.includes(copy));
      if (gone.length + added.length === 0) continue;
      written.copies = copies;
      for (const group of written.groups.keys()) {
        for (const copy of gone) this.#options.told.untell(idOf(dc, copy, group));
        this.#tell(dc, written, group, added);
      }
    }
  }

  /** Nothing is known to be written there any more. */
  forget(dc: string): void {
    const written = this.#written.get(dc);
    if (!written) return;
    this.#written.delete(dc);
    for (const group of written.groups.keys()) {
      for (const copy of written.copies) this.#options.told.untell(idOf(dc, copy, group));
    }
  }

  /** Services that have entries of which Consul makes more than a plain chain, in a datacenter that has these. */
  chained(dc: string): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { groups, copies } of this.#written.values()) {
      if (!copies.includes(dc)) continue;
      for (const group of groups.keys()) if (group.startsWith(SERVICE)) names.add(group.slice(SERVICE.length));
    }
    return names;
  }

  #at(dc: string): Written {
    const known = this.#written.get(dc);
    if (known) return known;
    const written: Written = { groups: new Map(), copies: this.#options.places.copiesOf(dc) };
    this.#written.set(dc, written);
    return written;
  }

  #onEntry({ copies }: Written, fact: string): void {
    const [kind, name] = nameParts(fact);
    this.#options.onEntry(copies, kind, name);
  }

  #tell(dc: string, { groups }: Written, group: string, copies: readonly string[]): void {
    const { told, clock, versionMetaKeys } = this.#options;
    const facts = [...(groups.get(group)?.values() ?? [])];
    const seenAtMs = clock.now();
    for (const copy of copies) {
      const id = idOf(dc, copy, group);
      const place = { dc: copy, seenAtMs };
      if (facts.length === 0) told.untell(id);
      else if (group.startsWith(INTENTION)) told.tell({ id, ...intentionEdges(facts, place) }, seenAtMs);
      else told.tell({ id, ...entryEdges(facts, place, versionMetaKeys) }, seenAtMs);
    }
  }
}

const SERVICE = 'entries service ';
const ENTRY = 'entries entry ';
const INTENTION = 'intentions ';

const idOf = (written: string, copy: string, group: string): string => `${group} of ${written} in ${copy}`;

/** Null: nothing in it is of use here. */
function groupOf({ subject, name, key }: Pick<ConfigurationFact, 'subject' | 'name' | 'key'>): string | null {
  if (subject === 'intention') return `${INTENTION}${key}`;
  if (subject !== 'config-entry') return null;
  const [kind, service] = nameParts(name);
  return OF_SERVICE.has(kind) ? `${SERVICE}${service}` : `${ENTRY}${name}`;
}

function put({ groups }: Written, fact: ConfigurationFact): string | null {
  const group = groupOf(fact);
  if (group === null) return null;
  const facts: Group = groups.get(group) ?? new Map();
  groups.set(group, facts.set(fact.key, fact));
  return group;
}

function remove({ groups }: Written, change: ConfigurationChange): string | null {
  const group = groupOf(change);
  const facts = group === null ? undefined : groups.get(group);
  if (group === null || !facts?.delete(change.key)) return null;
  if (facts.size === 0) groups.delete(group);
  return group;
}

function nameParts(name: string): [kind: string, name: string] {
  const at = name.indexOf('/');
  return [name.slice(0, at), name.slice(at + 1)];
}

/** Whether an entry of this kind has a part in how chains are compiled. */
export const isChained = (kind: string): boolean =>
  OF_SERVICE.has(kind) || kind === 'service-defaults' || kind === 'proxy-defaults';

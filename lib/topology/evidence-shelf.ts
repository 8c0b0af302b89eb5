import { isSameValue } from '@/lib/alerts/same-value';
import type { EdgeEvidence, NodeEvidence, SourceTold } from './edge-evidence';
import { edgeEnds, edgeKey } from './edge-key';
import { groupedBy } from './grouped-by';

/** Of one source; what is beyond is not taken, since a page could not show it. */
const MOST_EDGES = 50_000;

/** What changed by what a source said. */
export interface Touched {
  readonly edges: Set<string>;
  readonly nodes: Set<string>;
}

interface Shelved {
  readonly told: SourceTold;
  readonly nowMs: number;
  /** By the key of the edge. */
  edges: ReadonlyMap<string, readonly EdgeEvidence[]>;
  /** Every key that its edges name, as it names it. */
  readonly mentions: ReadonlySet<string>;
}

const NONE: ReadonlyMap<string, readonly EdgeEvidence[]> = new Map();
const NO_KEYS: ReadonlySet<string> = new Set();

/** What sources say, filed by edge and by node. What names a sidecar is filed under the service that it is of. */
export class EvidenceShelf {
  readonly #sources = new Map<string, Shelved>();
  readonly #edges = new Map<string, Map<string, readonly EdgeEvidence[]>>();
  readonly #nodes = new Map<string, Map<string, NodeEvidence[]>>();
  readonly #out = new Map<string, Set<string>>();
  readonly #in = new Map<string, Set<string>>();
  /** Sidecar to service. */
  readonly #owners = new Map<string, string>();
  /** Ids of the sources that name a key. */
  readonly #mentions = new Map<string, Set<string>>();

  put(told: SourceTold, nowMs: number): Touched {
    const touched: Touched = { edges: new Set(), nodes: new Set() };
    const before = this.#sources.get(told.id);
    if (before) for (const key of before.mentions) removeFrom(this.#mentions, key, told.id);
    const edges = told.edges.slice(0, MOST_EDGES);
    const mentions = new Set(edges.flatMap(({ from, to }) => [from, to]));
    for (const key of mentions) addTo(this.#mentions, key, told.id);
    const shelved: Shelved = { told: { ...told, edges }, nowMs, edges: before?.edges ?? NONE, mentions };
    this.#sources.set(told.id, shelved);
    this.#fileNodes(told.id, before?.told.nodes ?? [], told.nodes, touched);
    this.#fileEdges(told.id, shelved, touched);
    if (before && standing(before.told) !== standing(told)) {
      for (const key of shelved.edges.keys()) touched.edges.add(key);
    }
    return touched;
  }

  remove(id: string): Touched {
    const touched = this.put({ id, edges: [], nodes: [] }, 0);
    this.#sources.delete(id);
    return touched;
  }

  /** @param id of a source that was told */
  standing(id: string, isOld: boolean): Touched {
    const shelved = this.#sources.get(id);
    if (!shelved) return { edges: new Set(), nodes: new Set() };
    this.#sources.set(id, { ...shelved, told: { ...shelved.told, isOld } });
    return { edges: new Set(shelved.edges.keys()), nodes: new Set() };
  }

  source(id: string): SourceTold | undefined {
    return this.#sources.get(id)?.told;
  }

  /** By the id of the source. */
  edge(key: string): ReadonlyMap<string, readonly EdgeEvidence[]> {
    return this.#edges.get(key) ?? NONE;
  }

  /** In the order of the ids of the sources. */
  node(key: string): readonly NodeEvidence[] {
    const bySource = [...(this.#nodes.get(key) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    return bySource.flatMap(([, evidence]) => evidence);
  }

  /** Keys of edges. */
  out(node: string): ReadonlySet<string> {
    return this.#out.get(node) ?? NO_KEYS;
  }

  /** Keys of edges. */
  in(node: string): ReadonlySet<string> {
    return this.#in.get(node) ?? NO_KEYS;
  }

  keys(): IterableIterator<string> {
    return this.#edges.keys();
  }

  isSidecar(key: string): boolean {
    return this.#owners.has(key);
  }

  sidecars(): ReadonlySet<string> {
    return new Set(this.#owners.keys());
  }

  #fileNodes(id: string, before: readonly NodeEvidence[], after: readonly NodeEvidence[], touched: Touched): void {
    const keys = new Set([...before, ...after].map(({ key }) => key));
    const grouped = groupedBy(after, ({ key }) => key);
    for (const key of keys) {
      const bySource = this.#nodes.get(key) ?? new Map<string, NodeEvidence[]>();
      const evidence = grouped.get(key);
      if (isSameValue(bySource.get(id), evidence)) continue;
      if (evidence) this.#nodes.set(key, bySource.set(id, evidence));
      else if (bySource.delete(id) && bySource.size === 0) this.#nodes.delete(key);
      touched.nodes.add(key);
      this.#ownAgain(key, touched);
    }
  }

  /** Whose sidecar it is may have changed: what names it is filed anew. */
  #ownAgain(key: string, touched: Touched): void {
    const said = this.node(key).flatMap(({ sidecarOf }) => (sidecarOf === undefined ? [] : [sidecarOf]));
    const owner = said.filter((one) => one !== key).sort()[0];
    if (owner === this.#owners.get(key)) return;
    if (owner === undefined) this.#owners.delete(key);
    else this.#owners.set(key, owner);
    for (const id of this.#mentions.get(key) ?? []) {
      const shelved = this.#sources.get(id);
      if (shelved) this.#fileEdges(id, shelved, touched);
    }
  }

  #fileEdges(id: string, shelved: Shelved, touched: Touched): void {
    const seenBy = (evidence: EdgeEvidence): EdgeEvidence => ({
      ...evidence,
      from: this.#owners.get(evidence.from) ?? evidence.from,
      to: this.#owners.get(evidence.to) ?? evidence.to,
      // A clock that is ahead of ours does not make what it says newer than now.
      seenAtMs: Math.min(evidence.seenAtMs, shelved.nowMs),
    });
    const after = groupedBy(shelved.told.edges.map(seenBy), ({ from, to }) => edgeKey(from, to));
    for (const [key, evidence] of after) {
      if (isSameValue(shelved.edges.get(key), evidence)) continue;
      this.#place(key, evidence[0] as EdgeEvidence, id, evidence);
      touched.edges.add(key);
    }
    for (const key of shelved.edges.keys()) {
      if (after.has(key)) continue;
      this.#takeAway(key, id);
      touched.edges.add(key);
    }
    shelved.edges = after;
  }

  #place(key: string, { from, to }: EdgeEvidence, id: string, evidence: readonly EdgeEvidence[]): void {
    const bySource = this.#edges.get(key);
    this.#edges.set(key, (bySource ?? new Map<string, readonly EdgeEvidence[]>()).set(id, evidence));
    if (bySource) return;
    addTo(this.#out, from, key);
    addTo(this.#in, to, key);
  }

  #takeAway(key: string, id: string): void {
    const bySource = this.#edges.get(key);
    bySource?.delete(id);
    if (bySource?.size !== 0) return;
    const [from, to] = edgeEnds(key);
    this.#edges.delete(key);
    removeFrom(this.#out, from, key);
    removeFrom(this.#in, to, key);
  }
}

/** What a source's figures are chosen by. */
const standing = ({ rank = 0, isOld = false }: SourceTold): string => `${rank} ${isOld}`;

function addTo(groups: Map<string, Set<string>>, key: string, member: string): void {
  const group = groups.get(key) ?? new Set<string>();
  groups.set(key, group.add(member));
}

function removeFrom(groups: Map<string, Set<string>>, key: string, member: string): void {
  const group = groups.get(key);
  group?.delete(member);
  if (group?.size === 0) groups.delete(key);
}

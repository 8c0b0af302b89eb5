import { isSameValue } from '@/lib/alerts/same-value';
import type { SourceTold } from './edge-evidence';
import { type EdgeFacts, edgeFacts, isAny, NO_FACTS } from './edge-facts';
import { edgeEnds, edgeKey } from './edge-key';
import { edgeMark, type MarksTouched, touchMarks } from './edge-marks';
import { EvidenceShelf } from './evidence-shelf';
import { intentionVerdict } from './intention-verdict';
import { ListedServices } from './listed-services';
import { isGuarded, mergeEdge } from './merge-edge';
import { mergeNode } from './merge-node';
import { isSameButForTimes } from './same-but-for-times';
import { SortedRecords } from './sorted-records';
import type { TopologyEdge, TopologyNode } from './topology-body';
import type { ServiceTold } from './topology-book';

/** Nodes and edges out of what was told; only what was touched is worked out again, and only when somebody asks. */
export class TopologyFold {
  readonly #shelf = new EvidenceShelf();
  readonly #services = new ListedServices();
  readonly #facts = new Map<string, EdgeFacts>();
  readonly #nodes = new SortedRecords<TopologyNode>();
  readonly #edges = new SortedRecords<TopologyEdge>();
  /** How many edges into a node have traffic that is counted. */
  readonly #countedAt = new Map<string, number>();
  /** How many drawn edges have an end at a node. */
  readonly #drawnAt = new Map<string, number>();
  readonly #dirtyEdges = new Set<string>();
  readonly #dirtyNodes = new Set<string>();
  /** Datacenters in which an intention for every destination changed. */
  readonly #dirtyDatacenters = new Set<string>();

  tell(source: SourceTold, nowMs: number): void {
    this.#touch(this.#shelf.put(source, nowMs));
  }

  untell(id: string): void {
    this.#touch(this.#shelf.remove(id));
  }

  setOld(id: string, isOld: boolean): void {
    const told = this.#shelf.source(id);
    if (told && (told.isOld ?? false) !== isOld) this.#touch(this.#shelf.standing(id, isOld));
  }

  service({ key, record, meta }: ServiceTold): void {
    const wasListed = this.#services.has(key);
    this.#services.put(key, record && { record, meta });
    this.#dirtyNodes.add(key);
    if (wasListed !== (record !== null)) this.#redraw(key);
  }

  sidecars(): ReadonlySet<string> {
    return this.#shelf.sidecars();
  }

  node(key: string): TopologyNode | null {
    return this.#nodes.get(key);
  }

  edge(key: string): TopologyEdge | null {
    return this.#edges.get(key);
  }

  edgesTo(node: string): TopologyEdge[] {
    return [...this.#shelf.in(node)].map((key) => this.#edges.get(key)).filter((edge) => edge !== null);
  }

  edgesFrom(node: string): TopologyEdge[] {
    return [...this.#shelf.out(node)].map((key) => this.#edges.get(key)).filter((edge) => edge !== null);
  }

  /** Call `settle` first. */
  sorted(): { readonly nodes: TopologyNode[]; readonly edges: TopologyEdge[] } {
    return { nodes: this.#nodes.all(), edges: this.#edges.all() };
  }

  /** Works out what was touched. @returns what was there before, by key, of what changed */
  settle(): ReadonlyMap<string, TopologyNode | TopologyEdge | null> {
    const changed = new Map<string, TopologyNode | TopologyEdge | null>();
    if (this.#dirtyDatacenters.size > 0) {
      for (const key of this.#shelf.keys()) {
        const [, to] = edgeEnds(key);
        if (this.#dirtyDatacenters.has(to.slice(0, to.indexOf('/')))) this.#dirtyEdges.add(key);
      }
      this.#dirtyDatacenters.clear();
    }
    for (const key of this.#dirtyEdges) {
      const before = this.#edges.get(key);
      const after = this.#edgeNow(key);
      if (before === after || (before && after && isSameButForTimes(before, after))) continue;
      changed.set(key, before);
      this.#edges.put(key, after);
      if ((before === null) !== (after === null)) this.#countDrawn(key, after === null ? -1 : 1);
    }
    this.#dirtyEdges.clear();
    for (const key of this.#dirtyNodes) {
      const before = this.#nodes.get(key);
      const after = this.#nodeNow(key);
      if (before === after || isSameValue(before, after)) continue;
      changed.set(key, before);
      this.#nodes.put(key, after);
    }
    this.#dirtyNodes.clear();
    return changed;
  }

  #touch({ edges, nodes }: { readonly edges: ReadonlySet<string>; readonly nodes: ReadonlySet<string> }): void {
    for (const key of nodes) this.#dirtyNodes.add(key);
    const changed = [...edges].map((key) => {
      const before = this.#factsOf(key);
      const after = edgeFacts([...this.#shelf.edge(key).values()].flat());
      if (this.#shelf.edge(key).size === 0) this.#facts.delete(key);
      else this.#facts.set(key, after);
      if (before.isCounted !== after.isCounted) bump(this.#countedAt, edgeEnds(key)[1], after.isCounted ? 1 : -1);
      return { key, before, after };
    });
    // What an edge touches is read off the graph as it is now: first all facts, then what they touch.
    const touched = { outOf: new Set<string>(), into: new Set<string>() };
    for (const { key, before, after } of changed) this.#spread(key, before, after, touched);
    for (const node of touched.outOf) this.#addEdges(this.#shelf.out(node));
    for (const node of touched.into) this.#addEdges(this.#shelf.in(node));
  }

  #spread(edge: string, before: EdgeFacts, after: EdgeFacts, touched: MarksTouched): void {
    const [from, to] = edgeEnds(edge);
    this.#dirtyEdges.add(edge);
    this.#services.mention(from);
    this.#services.mention(to);
    touchMarks(this.#graph, edge, before, after, touched);
    // Ways out of what is not listed are drawn for its callers' sake.
    if (isCall(before) !== isCall(after) && !this.#services.has(to)) touched.outOf.add(to);
    if (!before.isIntention && !after.isIntention) return;
    if (isAny(to)) this.#dirtyDatacenters.add(to.slice(0, to.indexOf('/')));
    else if (isAny(from)) touched.into.add(to);
    else for (const caller of this.#services.namesakes(from)) this.#dirtyEdges.add(edgeKey(caller, to));
  }

  /** Whether some edges are drawn depends on where services of their names are listed. */
  #redraw(node: string): void {
    for (const key of this.#services.namesakes(node)) {
      this.#addEdges(this.#shelf.out(key));
      this.#addEdges(this.#shelf.in(key));
    }
  }

  #edgeNow(key: string): TopologyEdge | null {
    const bySource = this.#shelf.edge(key);
    if (bySource.size === 0 || !this.#isDrawn(key)) return null;
    const ends = edgeEnds(key);
    const sources = [...bySource].map(([id, evidence]) => ({ source: this.#shelf.source(id) ?? { id }, evidence }));
    const evidenceOf = (edge: string) => [...this.#shelf.edge(edge).values()].flat();
    const verdict = isGuarded(sources) ? intentionVerdict(evidenceOf, ...ends) : null;
    return mergeEdge(ends, sources, verdict, edgeMark(this.#graph, key));
  }

  /**
   * In a federation the primary's intentions and entries stand in every datacenter, also where their services are not. What names a service that runs
   * elsewhere alone is a rule for there, and would fill every lane with nodes that nobody misses. A call is drawn always.
   */
  #isDrawn(key: string): boolean {
    const facts = this.#factsOf(key);
    if (isCall(facts)) return true;
    const [from, to] = edgeEnds(key);
    const isHere = (node: string) => isAny(node) || this.#services.has(node) || !this.#services.isElsewhere(node);
    if (!facts.isWay) return isHere(from) && isHere(to);
    return isHere(from) || [...this.#shelf.in(from)].some((call) => isCall(this.#factsOf(call)));
  }

  #nodeNow(key: string): TopologyNode | null {
    if (this.#shelf.isSidecar(key)) return null;
    const evidence = this.#shelf.node(key);
    const listed = this.#services.get(key);
    const isNamed = this.#drawnAt.has(key) || evidence.some(({ problem }) => problem);
    if (listed || isNamed) return mergeNode(key, listed, evidence);
    if (this.#shelf.in(key).size === 0 && this.#shelf.out(key).size === 0) this.#services.forget(key);
    return null;
  }

  #countDrawn(edge: string, by: 1 | -1): void {
    for (const node of edgeEnds(edge)) {
      bump(this.#drawnAt, node, by);
      this.#dirtyNodes.add(node);
    }
  }

  #addEdges(edges: Iterable<string>): void {
    for (const key of edges) this.#dirtyEdges.add(key);
  }

  readonly #factsOf = (edge: string): EdgeFacts => this.#facts.get(edge) ?? NO_FACTS;

  readonly #graph = {
    out: (node: string) => this.#shelf.out(node),
    in: (node: string) => this.#shelf.in(node),
    factsOf: this.#factsOf,
    isCountedAt: (node: string) => this.#countedAt.has(node),
  };
}

const isCall = ({ isExpected, isCounted }: EdgeFacts): boolean => isExpected || isCounted;

function bump(counts: Map<string, number>, key: string, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}

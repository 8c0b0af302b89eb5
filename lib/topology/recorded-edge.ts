import type { EdgeKind, TopologyEdge, TopologyNode, TopologyNodeKind } from './topology-body';

/** What the record keeps of an edge: what is configured or known of it, and not its figures, which move all the time. */
export interface RecordedEdge {
  readonly kinds: readonly EdgeKind[];
  readonly allowed: boolean | null;
  readonly share: number | null;
  readonly order: number | null;
  /** Kinds of its ends where these are more than services that Consul lists or does not; else null. */
  readonly ends: readonly [from: ShownKind | null, to: ShownKind | null];
}

type ShownKind = Extract<TopologyNodeKind, 'gateway' | 'database' | 'queue'>;

/** Whether an edge is recorded anew is whether this text is another one. */
export function edgeRecord(edge: TopologyEdge, from: TopologyNode | null, to: TopologyNode | null): string {
  const { kinds, allowed, share, order } = edge;
  const ends = [shownKind(from?.kind), shownKind(to?.kind)];
  return JSON.stringify({
    kinds,
    ...(allowed !== null && { allowed }),
    ...(share !== null && { share }),
    ...(order !== null && { order }),
    ...(ends.some((kind) => kind !== null) && { ends }),
  });
}

/** Null where it is no text of `edgeRecord`. */
export function readEdgeRecord(text: string): RecordedEdge | null {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || !('kinds' in value) || !Array.isArray(value.kinds)) return null;
  const field = (name: string): unknown => Reflect.get(value, name);
  const ends: readonly unknown[] = Array.isArray(field('ends')) ? (field('ends') as unknown[]) : [];
  const allowed = field('allowed');
  return {
    kinds: KINDS.filter((kind) => (value.kinds as unknown[]).includes(kind)),
    allowed: typeof allowed === 'boolean' ? allowed : null,
    share: figure(field('share')),
    order: figure(field('order')),
    ends: [shownKind(ends[0]), shownKind(ends[1])],
  };
}

/** In the order of `edgeKinds`, which a browser is spared: it would bring its schema along. */
const KINDS = [
  'upstream',
  'intention',
  'route',
  'failover',
  'gateway',
  'declared',
  'observed',
] as const satisfies readonly EdgeKind[];

const SHOWN: readonly unknown[] = ['gateway', 'database', 'queue'] satisfies ShownKind[];
const shownKind = (kind: unknown): ShownKind | null => (SHOWN.includes(kind) ? (kind as ShownKind) : null);
const figure = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

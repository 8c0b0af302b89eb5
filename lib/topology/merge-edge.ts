import { cutText } from './cut-text';
import type { EdgeEvidence } from './edge-evidence';
import { edgeKey } from './edge-key';
import { edgeTraffic, isoTime, type SourceOfEdge } from './edge-traffic';
import { groupedBy } from './grouped-by';
import type { IntentionVerdict } from './intention-verdict';
import { edgeKinds } from './kinds';
import type { EdgeKind, EdgeSource, TopologyEdge } from './topology-body';

/** Of one edge, so that its size has a bound whatever anybody writes. */
const MOST_SOURCES = 24;
const MOST_SOURCE_LENGTH = 200;
const MOST_DETAIL_LENGTH = 500;

const kindPlace = new Map<EdgeKind, number>(edgeKinds.map((kind, place) => [kind, place]));

/** One edge out of all that is said of it, in whatever order. @param sources at least one */
export function mergeEdge(
  [from, to]: readonly [from: string, to: string],
  sources: readonly SourceOfEdge[],
  verdict: IntentionVerdict | null,
  mark: TopologyEdge['mark'],
): TopologyEdge {
  const evidence = sources.flatMap((source) => source.evidence).sort(byPlace);
  const told = isOfEdge(verdict, from, to) ? evidence : [...evidence, ...(verdict ? [verdict.evidence] : [])];
  const orders = evidence.flatMap(({ order }) => (order ? [order] : []));
  return {
    key: edgeKey(from, to),
    from,
    to,
    kinds: edgeKinds.filter((kind) => evidence.some((one) => one.kind === kind)),
    allowed: verdict?.allowed ?? null,
    share: evidence.find(({ share }) => share !== undefined && share !== null)?.share ?? null,
    order: orders.length === 0 ? null : orders.reduce((a, b) => Math.min(a, b)),
    ...edgeTraffic(sources),
    mark,
    sources: edgeSources(told),
  };
}

/** Whether intentions decide about what goes over it. */
export function isGuarded(sources: readonly SourceOfEdge[]): boolean {
  return sources.some(({ evidence }) =>
    evidence.some(
      ({ kind, isGuarded }) => isGuarded ?? (kind !== 'gateway' && kind !== 'route' && kind !== 'failover'),
    ),
  );
}

const isOfEdge = (verdict: IntentionVerdict | null, from: string, to: string): boolean =>
  verdict?.evidence.from === from && verdict.evidence.to === to;

/** What has one name is one source. */
function edgeSources(evidence: readonly EdgeEvidence[]): EdgeSource[] {
  const byName = groupedBy(evidence, ({ kind, source }) => `${kind} ${source}`);
  return [...byName.values()].slice(0, MOST_SOURCES).map((same) => {
    const [{ kind, source }] = same as [EdgeEvidence];
    const says = (allowed: boolean | null) => same.some((one) => (one.allowed ?? null) === allowed);
    const details = new Set(same.flatMap(({ detail }) => (detail ? [detail] : [])));
    return {
      kind,
      source: cutText(source, MOST_SOURCE_LENGTH),
      seenAt: isoTime(same.reduce((latest, { seenAtMs }) => Math.max(latest, seenAtMs), 0)),
      allowed: says(false) ? false : says(null) ? null : true,
      detail: details.size === 0 ? null : cutText([...details].join(' '), MOST_DETAIL_LENGTH),
    };
  });
}

/** By kind, then by all else that could make the result depend on who spoke first. */
function byPlace(a: EdgeEvidence, b: EdgeEvidence): number {
  const byKind = (kindPlace.get(a.kind) ?? 0) - (kindPlace.get(b.kind) ?? 0);
  return byKind || compare(a.source, b.source) || compare(a.detail ?? '', b.detail ?? '') || byShare(a, b);
}

const byShare = (a: EdgeEvidence, b: EdgeEvidence): number => (b.share ?? -1) - (a.share ?? -1);
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

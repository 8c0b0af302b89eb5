import { keySegments } from '@/lib/fleet/keys';
import type { ServiceRecord } from '@/lib/fleet/model';
import { cutText } from './cut-text';
import type { NodeEvidence } from './edge-evidence';
import { isAny } from './edge-facts';
import type { TopologyNode } from './topology-body';

/** Of one node, so that its size has a bound whatever anybody registers. */
const MOST_ITEMS = 50;
const MOST_META_LENGTH = 200;
const MOST_PROBLEM_LENGTH = 500;

/** A record of a service, as far as a node has it. */
type NodeRecordPart = Pick<
  ServiceRecord,
  'status' | 'instances' | 'passing' | 'warning' | 'critical' | 'maintenance' | 'flapping' | 'versions' | 'tags'
>;

export interface ListedService {
  readonly record: NodeRecordPart;
  readonly meta: Readonly<Record<string, string>>;
}

const NOTHING: ListedService = {
  record: {
    ...{ status: 'unknown', instances: 0, passing: 0, warning: 0, critical: 0, maintenance: 0, flapping: null },
    ...{ versions: {}, tags: [] },
  },
  meta: {},
};

/** @param evidence in an order that does not depend on who spoke first; of two that say the same thing the first is heard */
export function mergeNode(key: string, listed: ListedService | null, evidence: readonly NodeEvidence[]): TopologyNode {
  const [dc = '', name = ''] = keySegments(key) ?? [];
  const { record, meta } = listed ?? NOTHING;
  const kind = evidence.find((one) => one.kind !== undefined)?.kind;
  const split = evidence.find((one) => one.split !== undefined)?.split;
  const problems = new Set(evidence.flatMap(({ problem }) => (problem ? [problem] : [])));
  return {
    key,
    dc,
    name,
    kind: isAny(key) ? 'any' : (kind ?? (listed ? 'service' : 'absent')),
    status: record.status,
    instances: record.instances,
    passing: record.passing,
    warning: record.warning,
    critical: record.critical,
    maintenance: record.maintenance,
    flapping: record.flapping,
    versions: firstOf(record.versions),
    tags: record.tags.slice(0, MOST_ITEMS).map((tag) => cutText(tag, MOST_META_LENGTH)),
    meta: firstOf(meta, (value) => value.length <= MOST_META_LENGTH),
    split: split === undefined ? null : firstOf(split, Number.isFinite),
    failover: [...(evidence.find(({ failover = [] }) => failover.length > 0)?.failover ?? [])].slice(0, MOST_ITEMS),
    problem: problems.size === 0 ? null : cutText([...problems].join(' '), MOST_PROBLEM_LENGTH),
  };
}

function firstOf<Value>(all: Readonly<Record<string, Value>>, isKept: (value: Value) => boolean = () => true) {
  const kept = Object.entries(all).filter(([key, value]) => key.length <= MOST_META_LENGTH && isKept(value));
  return Object.fromEntries(kept.slice(0, MOST_ITEMS));
}

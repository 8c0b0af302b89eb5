import { FROM_FRESH } from '@/lib/fleet/freshness';
import { parsePair } from '@/lib/fleet/keys';
import type { FreshnessState } from '@/lib/fleet/model';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import { edgeKinds, topologyNodeKinds } from '@/lib/topology/kinds';
import type { TopologyEdge, TopologyNode } from '@/lib/topology/topology-body';
import type { FilterSchema } from './schema';

/** A service among those it depends on and that depend on it. */
export interface NodeAmongOthers {
  readonly node: TopologyNode;
  readonly freshness: FreshnessState;
  /** Names of what it calls, and of what calls it. */
  readonly calls: () => readonly string[];
  readonly calledBy: () => readonly string[];
}

export const topologyNodeFields: FilterSchema<NodeAmongOthers> = {
  subject: 'services',
  words: ({ node }) => [node.name, node.dc, ...node.tags, ...Object.keys(node.versions)],
  meta: ({ node }) => node.meta,
  fields: {
    name: { type: 'text', of: ({ node }) => [node.name] },
    service: { type: 'text', of: ({ node }) => [node.name] },
    dc: { type: 'exact', of: ({ node }) => [node.dc] },
    status: { type: 'choice', choices: SERVICE_SEVERITY, of: ({ node }) => [node.status] },
    kind: { type: 'choice', choices: topologyNodeKinds, of: ({ node }) => [node.kind] },
    tag: { type: 'exact', of: ({ node }) => node.tags },
    version: { type: 'version', of: ({ node }) => Object.keys(node.versions) },
    instances: { type: 'number', of: ({ node }) => [node.instances] },
    passing: { type: 'number', of: ({ node }) => [node.passing] },
    warning: { type: 'number', of: ({ node }) => [node.warning] },
    critical: { type: 'number', of: ({ node }) => [node.critical] },
    maintenance: { type: 'number', of: ({ node }) => [node.maintenance] },
    flapping: { type: 'number', of: ({ node }) => (node.flapping === null ? [] : [node.flapping]) },
    calls: { type: 'text', of: ({ calls }) => calls() },
    calledby: { type: 'text', of: ({ calledBy }) => calledBy() },
    split: { type: 'boolean', of: ({ node }) => node.split !== null },
    failover: { type: 'exact', of: ({ node }) => node.failover },
    problem: { type: 'boolean', of: ({ node }) => node.problem !== null },
    freshness: { type: 'choice', choices: FROM_FRESH, of: ({ freshness }) => [freshness] },
  },
};

const nameOf = (key: string): string[] => {
  const pair = parsePair(key);
  return pair ? [pair.name] : [];
};
const dcOf = (key: string): string[] => {
  const pair = parsePair(key);
  return pair ? [pair.dc] : [];
};
const known = (figure: number | null): number[] => (figure === null ? [] : [figure]);
const verdictOf = (allowed: boolean | null): string => (allowed === null ? 'unsaid' : allowed ? 'yes' : 'no');

/** Calls; `errors` in percent, `p95` in ms. */
export const topologyEdgeFields: FilterSchema<TopologyEdge> = {
  subject: 'calls',
  words: ({ from, to, sources }) => [...nameOf(from), ...nameOf(to), ...sources.map(({ source }) => source)],
  fields: {
    from: { type: 'text', of: ({ from }) => nameOf(from) },
    to: { type: 'text', of: ({ to }) => nameOf(to) },
    dc: { type: 'exact', of: ({ from, to }) => [...new Set([...dcOf(from), ...dcOf(to)])] },
    kind: { type: 'choice', choices: edgeKinds, of: ({ kinds }) => kinds },
    source: { type: 'text', of: ({ sources }) => sources.map(({ source }) => source) },
    allowed: { type: 'choice', choices: ['yes', 'no', 'unsaid'], of: ({ allowed }) => [verdictOf(allowed)] },
    mark: { type: 'choice', choices: ['undeclared', 'unseen'], of: ({ mark }) => (mark === null ? [] : [mark]) },
    rate: { type: 'number', of: ({ ratePerSecond }) => known(ratePerSecond) },
    errors: { type: 'number', of: ({ errorRatio }) => known(errorRatio === null ? null : errorRatio * 100) },
    p95: { type: 'number', of: ({ p95Ms }) => known(p95Ms) },
    across: { type: 'boolean', of: ({ from, to }) => dcOf(from)[0] !== dcOf(to)[0] },
  },
};

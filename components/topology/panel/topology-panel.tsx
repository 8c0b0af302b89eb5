'use client';

import { useTopologyScene } from '@/components/topology/topology-scene';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { EmptyState } from '@/components/ui/empty-state';
import { useText } from '@/components/ui/text-provider';
import { edgeEnds } from '@/lib/topology/edge-key';
import type { TopologyGraph } from '@/lib/topology/topology-graph';
import { EdgePanel } from './edge-panel';
import { writtenNode } from './node-button';
import { NodePanel } from './node-panel';
import styles from './panel.module.css';
import { PanelHead } from './panel-head';
import { TraceContext } from './trace-context';
import { useGraph } from './use-graph';

interface TopologyPanelProps {
  /** The template of links to where traces are kept; null: none is known. */
  readonly traceUrl?: string | null;
}

/** Beside the picture: what is chosen in it, a service or a call. */
export function TopologyPanel({ traceUrl = null }: TopologyPanelProps) {
  return (
    <TraceContext value={traceUrl}>
      <Chosen />
    </TraceContext>
  );
}

function Chosen() {
  const words = useText().topology.panel;
  const { body } = useTopologyScene();
  const graph = useGraph();
  const { chosen, setChosen } = useTopologyOptions();
  if (chosen === null) return null;
  if (!graph || !body) {
    return (
      <div className={styles.panel} aria-busy="true">
        <EmptyState title={words.waiting} />
      </div>
    );
  }
  const found = foundOf(graph, chosen);
  if (found !== null) return found;
  const name = chosen.includes('>') ? edgeEnds(chosen).map(writtenNode).join(' → ') : writtenNode(chosen);
  return (
    <article className={styles.panel} aria-label={words.label(name)} data-gone>
      <PanelHead kind={null} name={<bdi>{name}</bdi>} close={() => void setChosen(null)} />
      <EmptyState title={words.gone} hint={words.goneHint} />
    </article>
  );
}

/** Keyed, so that what was unfolded of one is not unfolded of the next. */
function foundOf(graph: TopologyGraph, chosen: string) {
  const node = graph.nodes.get(chosen);
  if (node) return <NodePanel key={chosen} graph={graph} node={node} />;
  const edge = chosen.includes('>') ? graph.out(edgeEnds(chosen)[0]).find(({ key }) => key === chosen) : undefined;
  return edge ? <EdgePanel key={chosen} graph={graph} edge={edge} /> : null;
}

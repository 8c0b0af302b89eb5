'use client';

import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { useText } from '@/components/ui/text-provider';
import { isNeed } from '@/lib/topology/dependence';
import type { TopologyGraph } from '@/lib/topology/topology-graph';
import { FoldedList } from './folded-list';
import { NodeButton } from './node-button';
import styles from './panel.module.css';
import { Part } from './part';

const MOST = 4;

/** Edges that are no need: who may call it and whom it may call, what leads on when it fails, and what it calls of itself. */
export function OtherEdgesPart({ graph, nodeKey }: { graph: TopologyGraph; nodeKey: string }) {
  const words = useText().topology;
  const { setChosen } = useTopologyOptions();
  const isSelf = ({ from, to }: { from: string; to: string }) => from === to;
  const into = graph.in(nodeKey).filter((edge) => !isNeed(edge) || isSelf(edge));
  const out = graph.out(nodeKey).filter((edge) => !isNeed(edge) && !isSelf(edge));
  const edges = [...into, ...out];
  if (edges.length === 0) return null;
  return (
    <Part title={words.panel.rest}>
      <FoldedList
        most={MOST}
        items={edges.map((edge) => {
          const isInto = edge.to === nodeKey;
          const other = isInto ? edge.from : edge.to;
          return (
            <li key={edge.key} data-key={edge.key}>
              <span className={styles.quiet}>{isInto ? words.edge.from : words.edge.to}</span>
              <NodeButton nodeKey={other} node={graph.nodes.get(other)} />
              <button type="button" className={styles.call} onClick={() => void setChosen(edge.key)}>
                {edge.allowed === false ? words.legend.denied : edge.kinds.map((kind) => words.kinds[kind]).join(' · ')}
              </button>
            </li>
          );
        })}
      />
    </Part>
  );
}

'use client';

import { useMemo } from 'react';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { useText } from '@/components/ui/text-provider';
import { needsOf, type Reached } from '@/lib/topology/blast-radius';
import { edgeKey } from '@/lib/topology/edge-key';
import type { TopologyGraph } from '@/lib/topology/topology-graph';
import { FoldedList } from './folded-list';
import { NodeButton, writtenNode } from './node-button';
import styles from './panel.module.css';
import { Part } from './part';
import { useCallFigure } from './use-call-figure';

/** What a service needs, transitively: what is not well first, what is well and far folded away. */
export function NeedsPart({ graph, nodeKey }: { graph: TopologyGraph; nodeKey: string }) {
  const words = useText().topology.panel;
  const needs = useMemo(() => needsOf(graph, nodeKey), [graph, nodeKey]);
  const isWell = ({ key }: Reached) => graph.nodes.get(key)?.status === 'passing';
  const first = [...needs.filter((one) => !isWell(one)), ...needs.filter((one) => isWell(one) && one.hops === 1)];
  const rest = needs.filter((one) => isWell(one) && one.hops > 1);
  return (
    <Part title={words.needs}>
      {needs.length === 0 ? <p className={styles.words}>{words.needsNothing}</p> : null}
      <FoldedList
        items={[...first, ...rest].map((reached) => (
          <Needed key={reached.key} graph={graph} by={nodeKey} reached={reached} />
        ))}
        most={Math.min(first.length, MOST)}
        moreWords={first.length > MOST ? words.more : words.moreHealthy}
      />
    </Part>
  );
}

const MOST = 12;

function Needed({ graph, by, reached }: { graph: TopologyGraph; by: string; reached: Reached }) {
  const words = useText().topology;
  const figure = useCallFigure();
  const { setChosen } = useTopologyOptions();
  const { key, hops, via, isCovered } = reached;
  const edge = hops === 1 ? graph.in(key).find(({ from }) => from === by) : undefined;
  return (
    <li data-key={key} data-hops={hops}>
      <NodeButton nodeKey={key} node={graph.nodes.get(key)} />
      {isCovered ? <span className={styles.covered}>{words.panel.covered}</span> : null}
      {edge ? (
        <button type="button" className={styles.call} onClick={() => void setChosen(edgeKey(by, key))}>
          {figure(edge) ?? edge.kinds.map((kind) => words.kinds[kind]).join(' · ')}
        </button>
      ) : (
        <span className={styles.quiet} title={words.panel.via(writtenNode(via))}>
          {words.hops(hops)}
        </span>
      )}
    </li>
  );
}

'use client';

import { useMemo } from 'react';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import { type BlastRadius, blastRadius, type Reached } from '@/lib/topology/blast-radius';
import { edgeKey } from '@/lib/topology/edge-key';
import type { TopologyNode } from '@/lib/topology/topology-body';
import type { TopologyGraph } from '@/lib/topology/topology-graph';
import { Ago } from './ago';
import { FoldedList } from './folded-list';
import { NodeButton, writtenNode } from './node-button';
import styles from './panel.module.css';
import { Part } from './part';
import { useCallFigure } from './use-call-figure';

/** What depends on a service, transitively, and what stands in for it if it stops. */
export function BlastPart({ graph, node }: { graph: TopologyGraph; node: TopologyNode }) {
  const words = useText().topology.panel;
  const radius = useMemo(() => blastRadius(graph, node.key), [graph, node.key]);
  const { dependants, datacenters } = radius;
  const aside = dependants.length > 0 ? words.reach(dependants.length, datacenters.length) : null;
  return (
    <Part title={words.stops(visibleLine(node.name))} aside={aside}>
      <p className={styles.words}>
        {dependants.length === 0 ? words.nobody : <Entrances radius={radius} />} <StandInWords radius={radius} />
      </p>
      <FoldedList
        items={dependants.map((reached) => (
          <Dependant key={reached.key} graph={graph} of={node.key} reached={reached} />
        ))}
      />
    </Part>
  );
}

function Entrances({ radius: { entrances, entranceRatePerSecond } }: { radius: BlastRadius }) {
  const text = useText();
  const words = text.topology.panel;
  if (entrances.length === 0) return null;
  return (
    <>
      {words.entrances(entrances.length)}
      {entranceRatePerSecond === null ? null : (
        <>
          {text.comma}
          <b>{words.losing(entranceRatePerSecond)}</b>
        </>
      )}
      .
    </>
  );
}

function StandInWords({ radius: { standIns, standsIn } }: { radius: BlastRadius }) {
  const words = useText().topology.panel;
  if (standsIn === null) return standIns.length > 0 ? words.noneStandsIn : words.nothingStandsIn;
  return (
    <>
      {words.standsIn(standsIn.dc, visibleLine(standsIn.name))}{' '}
      {standsIn.observedAt === null ? words.standInUnseen : <Ago iso={standsIn.observedAt} say={words.standInSeen} />}
    </>
  );
}

interface DependantProps {
  readonly graph: TopologyGraph;
  /** Key of what stops. */
  readonly of: string;
  readonly reached: Reached;
}

function Dependant({ graph, of, reached }: DependantProps) {
  const text = useText();
  const words = text.topology;
  const figure = useCallFigure();
  const { setChosen } = useTopologyOptions();
  const { key, hops, via, isCovered } = reached;
  const edge = hops === 1 ? graph.out(key).find(({ to }) => to === of) : undefined;
  const counted = edge ? figure(edge) : null;
  return (
    <li data-key={key} data-hops={hops}>
      <NodeButton nodeKey={key} node={graph.nodes.get(key)} />
      {isCovered ? (
        <span className={styles.covered} title={words.panel.coveredWhy}>
          {words.panel.covered}
        </span>
      ) : null}
      {edge ? (
        <button type="button" className={styles.call} onClick={() => void setChosen(edgeKey(key, of))}>
          {[words.panel.calls, ...(counted === null ? [] : [counted])].join(' · ')}
        </button>
      ) : (
        <span className={styles.quiet} title={words.panel.via(writtenNode(via))}>
          {words.hops(hops)}
        </span>
      )}
    </li>
  );
}

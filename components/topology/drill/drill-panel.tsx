'use client';

import { type ReactNode, useMemo } from 'react';
import { FoldedList } from '@/components/topology/panel/folded-list';
import { NodeButton, writtenNode } from '@/components/topology/panel/node-button';
import styles from '@/components/topology/panel/panel.module.css';
import { PanelHead } from '@/components/topology/panel/panel-head';
import { Part } from '@/components/topology/panel/part';
import { useGraph } from '@/components/topology/panel/use-graph';
import { EmptyState } from '@/components/ui/empty-state';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import { type Failure, lossDrill, type Switch } from '@/lib/topology/loss-drill';
import type { TopologyGraph } from '@/lib/topology/topology-graph';
import { useDrill } from './use-drill';

/** What a datacenter's loss would do: what goes over to where, what fails, what goes on. */
export function DrillPanel() {
  const words = useText().topology;
  const graph = useGraph();
  const { lost, setLost } = useDrill();
  const isKnown = useMemo(
    () => graph !== null && [...graph.nodes.values()].some(({ dc }) => dc === lost),
    [graph, lost],
  );
  if (lost === null) return null;
  const title = words.drill.title(visibleLine(lost));
  return (
    <article className={styles.panel} aria-label={title} data-drill={lost}>
      <PanelHead kind={words.drill.now} name={<bdi>{title}</bdi>} close={() => void setLost(null)} />
      {graph === null ? (
        <EmptyState title={words.panel.waiting} />
      ) : isKnown ? (
        <Drilled graph={graph} lost={lost} />
      ) : (
        <EmptyState title={words.drill.unknown(visibleLine(lost))} />
      )}
    </article>
  );
}

function Drilled({ graph, lost }: { graph: TopologyGraph; lost: string }) {
  const words = useText().topology.drill;
  const drill = useMemo(() => lossDrill(graph, lost), [graph, lost]);
  const isThere = ({ key }: { key: string }) => graph.nodes.get(key)?.dc === lost;
  const elsewhere = drill.failures.filter((failure) => !isThere(failure));
  const there = drill.failures.filter(isThere);
  const line = (key: string, said: ReactNode = null) => (
    <li key={key} data-key={key}>
      <NodeButton nodeKey={key} node={graph.nodes.get(key)} />
      {said}
    </li>
  );
  return (
    <>
      <Part title={words.fails(elsewhere.length)}>
        <FoldedList items={elsewhere.map((failure) => line(failure.key, <FailureWords failure={failure} />))} />
      </Part>
      <Part title={words.switches(drill.switches.length)}>
        <FoldedList items={drill.switches.map((one) => line(one.key, <SwitchWords one={one} />))} />
      </Part>
      <Part title={words.lost(there.length)}>
        <FoldedList items={there.map((failure) => line(failure.key, <FailureWords failure={failure} />))} most={4} />
      </Part>
      <Part title={words.unaffected(drill.unaffected.length)}>
        <FoldedList items={drill.unaffected.map((key) => line(key))} most={0} />
      </Part>
      {drill.downAlready.length > 0 ? (
        <Part title={words.down(drill.downAlready.length)}>
          <FoldedList items={drill.downAlready.map((key) => line(key))} most={4} />
        </Part>
      ) : null}
    </>
  );
}

function FailureWords({ failure: { via, callers } }: { failure: Failure }) {
  const words = useText().topology.drill;
  return (
    <span className={styles.quiet} title={callers.map(writtenNode).join('\n')}>
      {via !== null ? words.needs(writtenNode(via)) : callers.length > 0 ? words.callers(callers.length) : words.gone}
    </span>
  );
}

function SwitchWords({ one: { to } }: { one: Switch }) {
  const words = useText().topology;
  const { key, order, healthy, roundTripMs } = to;
  const facts = [
    `${words.drill.to(writtenNode(key))} (${order})`,
    words.standIn.healthy(healthy),
    ...(roundTripMs === null ? [] : [words.ms(roundTripMs)]),
  ];
  return <span className={styles.quiet}>{facts.join(' · ')}</span>;
}

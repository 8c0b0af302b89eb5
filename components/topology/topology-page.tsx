'use client';

import type { ReactNode } from 'react';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import { visibleLine } from '@/lib/text/visible-text';
import { useDrill } from './drill/use-drill';
import { GraphChoices } from './graph/graph-choices';
import { TopologyGraph } from './graph/topology-graph';
import styles from './topology-page.module.css';
import { TopologySceneContext } from './topology-scene';
import { useScene } from './use-scene';
import { useTopologyOptions } from './use-topology-options';

interface TopologyPageProps {
  /** What is looked for, and what is hidden. */
  readonly bar?: ReactNode;
  /** What else can be done: another view, an export, a drill. */
  readonly actions?: ReactNode;
  /** Tells of what is chosen. */
  readonly panel?: ReactNode;
  /** Tells what the loss of a datacenter would do, where nothing is chosen. */
  readonly drill?: ReactNode;
  /** The same facts as lines. */
  readonly table?: ReactNode;
  /** What the shapes and lines mean. */
  readonly legend?: ReactNode;
}

/** Who depends on whom, in every datacenter: drawn, or as a table, and beside it what is chosen. */
export function TopologyPage({ bar, actions, panel, drill, table, legend }: TopologyPageProps) {
  const text = useText();
  const [dc] = useDatacenterChoice();
  const scene = useScene();
  const { view, chosen } = useTopologyOptions();
  const { lost } = useDrill();
  const beside = chosen !== null ? panel : lost !== null ? drill : undefined;
  return (
    <TopologySceneContext value={scene}>
      <PageTitle parts={[text.topologyGraph.title, ...(dc === null ? [] : [visibleLine(dc)])]} />
      <div className={styles.page}>
        <div className={styles.bar}>
          <h1>{text.topologyGraph.title}</h1>
          {bar}
          <GraphChoices />
          <div className={styles.actions}>{actions}</div>
        </div>
        <div className={styles.panes} data-chosen={beside !== undefined || undefined}>
          {view === 'table' && table ? <div className={styles.table}>{table}</div> : <TopologyGraph {...scene} />}
          {beside === undefined ? null : <div className={styles.panel}>{beside}</div>}
        </div>
        {legend}
      </div>
    </TopologySceneContext>
  );
}

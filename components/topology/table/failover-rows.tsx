'use client';

import { useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { Ago } from '@/components/topology/panel/ago';
import { writtenNode } from '@/components/topology/panel/node-button';
import panel from '@/components/topology/panel/panel.module.css';
import { SeenSwitch } from '@/components/topology/panel/seen-switch';
import { useGraph } from '@/components/topology/panel/use-graph';
import { useTopologyScene } from '@/components/topology/topology-scene';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { EmptyState } from '@/components/ui/empty-state';
import { sortParser } from '@/components/ui/grid/sort-parser';
import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import { type StandIn, standInsOf } from '@/lib/topology/stand-ins';
import type { TopologyNode } from '@/lib/topology/topology-body';
import { OpenButton } from './open-button';
import styles from './table.module.css';
import { useShown } from './use-shown';
import { type Column, VirtualTable } from './virtual-table';

const names = ['service', 'status', 'order', 'standIn', 'healthy', 'roundTrip', 'seen'] as const;
const bySort = sortParser<(typeof names)[number]>(names, { column: 'service', descending: false });

interface Row {
  readonly node: TopologyNode;
  readonly standIn: StandIn;
}

const idOf = ({ node, standIn }: Row): string => `${node.key}>${standIn.key}`;

/** What could serve in the place of which service, in order, and the switches that were seen. */
export function FailoverRows({ view }: { view: string }) {
  const text = useText();
  const words = text.topology;
  const { body } = useTopologyScene();
  const { chosen } = useTopologyOptions();
  const [sort, setSort] = useQueryState('sort', bySort);
  const graph = useGraph();
  const { nodes } = useShown();
  const rows = useMemo(
    () =>
      nodes.flatMap((node) => (graph ? standInsOf(graph, node.key) : []).map((standIn): Row => ({ node, standIn }))),
    [nodes, graph],
  );
  const switches = body?.switches ?? [];
  return (
    <>
      <VirtualTable
        {...{ label: words.table.failover, columns: useColumns(), rows, idOf, sort, view, chosen }}
        setSort={(next) => void setSort(next)}
      >
        <EmptyState title={words.table.noFailover} hint={words.table.noFailoverHint} />
      </VirtualTable>
      {switches.length > 0 ? (
        <section className={styles.switches} aria-label={words.panel.switches}>
          <h3>{words.panel.switches}</h3>
          <ul className={panel.evidence}>
            {switches.map((one) => (
              <SeenSwitch key={`${one.key} ${one.lostAt}`} one={one} named />
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function useColumns(): [Column<Row, (typeof names)[number]>, ...Column<Row, (typeof names)[number]>[]] {
  const text = useText();
  return useMemo(() => {
    const words = text.topology;
    const { column } = words.table;
    return [
      {
        ...{ name: 'service', head: column.service, width: 'minmax(180px, 1fr)' },
        value: ({ node, standIn }) => `${node.key} ${String(standIn.order).padStart(4, '0')}`,
        cell: ({ node }) => <OpenButton opens={node.key}>{writtenNode(node.key)}</OpenButton>,
      },
      {
        ...{ name: 'status', head: column.status, width: '110px' },
        value: ({ node }) => SERVICE_SEVERITY.indexOf(node.status),
        cell: ({ node }) => <StatusWord status={node.status} />,
      },
      { name: 'order', head: column.order, width: '64px', isNumber: true, value: ({ standIn }) => standIn.order },
      {
        ...{ name: 'standIn', head: column.standIn, width: 'minmax(180px, 1fr)' },
        value: ({ standIn }) => standIn.key,
        cell: ({ standIn }) => <bdi>{writtenNode(standIn.key)}</bdi>,
      },
      {
        ...{ name: 'healthy', head: column.healthy, width: '140px', isNumber: true },
        value: ({ standIn }) => (standIn.canServe ? standIn.healthy : -1),
        cell: ({ standIn: { canServe, healthy } }) =>
          canServe ? text.number(healthy) : <span className={styles.bad}>{words.standIn.cannot}</span>,
      },
      {
        ...{ name: 'roundTrip', head: column.roundTrip, width: '96px', isNumber: true },
        value: ({ standIn }) => standIn.roundTripMs,
        cell: ({ standIn: { roundTripMs } }) => (roundTripMs === null ? words.unknown : words.ms(roundTripMs)),
      },
      {
        ...{ name: 'seen', head: column.seen, width: '150px' },
        value: ({ standIn }) => standIn.observedAt,
        cell: ({ standIn: { observedAt } }) =>
          observedAt === null ? (
            <span className={styles.quiet}>{words.edge.never}</span>
          ) : (
            <Ago iso={observedAt} say={words.edge.seen} />
          ),
      },
    ];
  }, [text]);
}

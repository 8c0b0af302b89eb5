'use client';

import { useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { writtenNode } from '@/components/topology/panel/node-button';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { EmptyState } from '@/components/ui/empty-state';
import { sortParser } from '@/components/ui/grid/sort-parser';
import { useText } from '@/components/ui/text-provider';
import type { TopologyEdge } from '@/lib/topology/topology-body';
import { Failing } from './failing';
import { OpenButton } from './open-button';
import styles from './table.module.css';
import { type Column, VirtualTable } from './virtual-table';

const names = ['from', 'to', 'kinds', 'rate', 'errors', 'p95', 'note'] as const;
const bySort = sortParser<(typeof names)[number]>(names, { column: 'from', descending: false });

const idOf = ({ key }: TopologyEdge): string => key;

/** Every call of the picture as a line, with what says it. */
export function EdgeRows({ edges, view }: { edges: readonly TopologyEdge[]; view: string }) {
  const words = useText().topology.table;
  const { chosen } = useTopologyOptions();
  const [sort, setSort] = useQueryState('sort', bySort);
  return (
    <VirtualTable
      {...{ label: words.edges, columns: useColumns(), rows: edges, idOf, sort, view, chosen }}
      setSort={(next) => void setSort(next)}
    >
      <EmptyState title={words.empty} hint={words.emptyHint} />
    </VirtualTable>
  );
}

function useColumns(): [
  Column<TopologyEdge, (typeof names)[number]>,
  ...Column<TopologyEdge, (typeof names)[number]>[],
] {
  const text = useText();
  return useMemo(() => {
    const words = text.topology;
    const { column, mark: marks } = words.table;
    const kinds = (edge: TopologyEdge) => edge.kinds.map((kind) => words.kinds[kind]).join(', ');
    const note = ({ allowed, mark, share, order, isObservedOld }: TopologyEdge) =>
      [
        ...(allowed === false ? [words.edge.denied] : []),
        ...(mark === null ? [] : [marks[mark]]),
        ...(share === null ? [] : [words.share(share)]),
        ...(order === null ? [] : [text.topologyGraph.order(order)]),
        ...(isObservedOld ? [words.table.state.old] : []),
      ].join(' · ');
    return [
      {
        ...{ name: 'from', head: column.from, width: 'minmax(160px, 1fr)' },
        value: ({ from }) => from,
        cell: ({ key, from }) => <OpenButton opens={key}>{writtenNode(from)}</OpenButton>,
      },
      {
        ...{ name: 'to', head: column.to, width: 'minmax(160px, 1fr)' },
        value: ({ to }) => to,
        cell: ({ to }) => <bdi>{writtenNode(to)}</bdi>,
      },
      {
        ...{ name: 'kinds', head: column.kinds, width: 'minmax(170px, 1fr)' },
        value: kinds,
        cell: (edge) => <span title={edge.sources.map(({ source }) => source).join('\n')}>{kinds(edge)}</span>,
      },
      {
        ...{ name: 'rate', head: column.rate, width: '84px', isNumber: true },
        value: ({ ratePerSecond }) => ratePerSecond,
        cell: ({ ratePerSecond }) => (ratePerSecond === null ? null : words.perSecond(ratePerSecond)),
      },
      {
        ...{ name: 'errors', head: column.errors, width: '72px', isNumber: true },
        value: ({ errorRatio }) => errorRatio,
        cell: ({ errorRatio }) => <Failing ratio={errorRatio} />,
      },
      {
        ...{ name: 'p95', head: column.p95, width: '76px', isNumber: true },
        value: ({ p95Ms }) => p95Ms,
        cell: ({ p95Ms }) => (p95Ms === null ? null : words.ms(p95Ms)),
      },
      {
        ...{ name: 'note', head: column.note, width: 'minmax(170px, 1fr)' },
        value: (edge) => note(edge) || null,
        cell: (edge) => <span className={edge.allowed === false ? styles.bad : styles.quiet}>{note(edge)}</span>,
      },
    ];
  }, [text]);
}

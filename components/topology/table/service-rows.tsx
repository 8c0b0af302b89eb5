'use client';

import { useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { useGraph } from '@/components/topology/panel/use-graph';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { EmptyState } from '@/components/ui/empty-state';
import { sortParser } from '@/components/ui/grid/sort-parser';
import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import { visibleLine } from '@/lib/text/visible-text';
import { type CountedTraffic, countedTraffic } from '@/lib/topology/around/counted-traffic';
import { isNeed } from '@/lib/topology/dependence';
import type { TopologyNode } from '@/lib/topology/topology-body';
import { Failing } from './failing';
import { OpenButton } from './open-button';
import styles from './table.module.css';
import { useShown } from './use-shown';
import { type Column, VirtualTable } from './virtual-table';

const names = [
  'status',
  'service',
  'dc',
  'kind',
  'instances',
  'calledBy',
  'calls',
  'rate',
  'errors',
  'p95',
  'note',
] as const;
const bySort = sortParser<(typeof names)[number]>(names, { column: 'status', descending: false });

interface Row {
  readonly node: TopologyNode;
  readonly calledBy: number;
  readonly calls: number;
  readonly traffic: CountedTraffic;
}

const idOf = ({ node }: Row): string => node.key;

/** Every service of the picture as a line. */
export function ServiceRows({ view }: { view: string }) {
  const words = useText().topology.table;
  const { chosen } = useTopologyOptions();
  const [sort, setSort] = useQueryState('sort', bySort);
  const graph = useGraph();
  const { nodes } = useShown();
  const rows = useMemo(
    () =>
      nodes.map((node): Row => {
        const into = graph?.in(node.key).filter(({ from }) => from !== node.key) ?? [];
        const calls = graph?.out(node.key).filter((edge) => isNeed(edge) && edge.to !== node.key) ?? [];
        return { node, calledBy: into.filter(isNeed).length, calls: calls.length, traffic: countedTraffic(into) };
      }),
    [nodes, graph],
  );
  return (
    <VirtualTable
      {...{ label: words.services, columns: useColumns(), rows, idOf, sort, view, chosen }}
      setSort={(next) => void setSort(next)}
    >
      <EmptyState title={words.empty} hint={words.emptyHint} />
    </VirtualTable>
  );
}

function useColumns(): [Column<Row, (typeof names)[number]>, ...Column<Row, (typeof names)[number]>[]] {
  const text = useText();
  return useMemo(() => {
    const words = text.topology;
    const { column } = words.table;
    const kind = ({ node }: Row) => text.topologyGraph.kind[node.kind];
    const note = ({ node: { problem, flapping, split, failover, maintenance } }: Row) =>
      [
        ...(problem === null ? [] : [visibleLine(problem)]),
        ...((flapping ?? 0) > 0 ? [words.legend.flapping] : []),
        ...(maintenance > 0 ? [words.legend.maintenance] : []),
        ...(split === null ? [] : [words.legend.split]),
        ...(failover.length > 0 ? [`${words.legend.failover}: ${failover.map(visibleLine).join(', ')}`] : []),
      ].join(' · ');
    return [
      {
        ...{ name: 'status', head: column.status, width: '110px' },
        value: ({ node }) => SERVICE_SEVERITY.indexOf(node.status),
        cell: ({ node }) => <StatusWord status={node.status} />,
      },
      {
        ...{ name: 'service', head: column.service, width: 'minmax(160px, 1.4fr)' },
        value: ({ node }) => node.name,
        cell: ({ node }) => (
          <OpenButton opens={node.key}>{node.kind === 'any' ? text.topologyGraph.any : node.name}</OpenButton>
        ),
      },
      { name: 'dc', head: column.dc, width: '90px', value: ({ node }) => visibleLine(node.dc) },
      { name: 'kind', head: column.kind, width: '96px', value: kind },
      {
        ...{ name: 'instances', head: column.instances, width: '84px', isNumber: true },
        value: ({ node }) => (node.instances === 0 ? null : node.passing / node.instances),
        cell: ({ node }) =>
          node.instances === 0 ? null : `${text.number(node.passing)} / ${text.number(node.instances)}`,
      },
      { name: 'calledBy', head: column.calledBy, width: '84px', isNumber: true, value: ({ calledBy }) => calledBy },
      { name: 'calls', head: column.calls, width: '64px', isNumber: true, value: ({ calls }) => calls },
      {
        ...{ name: 'rate', head: column.rate, width: '84px', isNumber: true },
        value: ({ traffic }) => traffic.ratePerSecond,
        cell: ({ traffic: { ratePerSecond } }) => (ratePerSecond === null ? null : words.perSecond(ratePerSecond)),
      },
      {
        ...{ name: 'errors', head: column.errors, width: '72px', isNumber: true },
        value: ({ traffic }) => traffic.errorRatio,
        cell: ({ traffic }) => <Failing ratio={traffic.errorRatio} />,
      },
      {
        ...{ name: 'p95', head: column.p95, width: '76px', isNumber: true },
        value: ({ traffic }) => traffic.p95Ms,
        cell: ({ traffic: { p95Ms } }) => (p95Ms === null ? null : words.ms(p95Ms)),
      },
      {
        ...{ name: 'note', head: column.note, width: 'minmax(140px, 1fr)' },
        value: (row) => note(row) || null,
        cell: (row) => (
          <span className={styles.quiet} title={note(row)}>
            {note(row)}
          </span>
        ),
      },
    ];
  }, [text]);
}

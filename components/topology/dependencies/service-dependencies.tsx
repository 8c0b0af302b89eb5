'use client';

import Link from 'next/link';
import { useCallback, useMemo } from 'react';
import { useTopology } from '@/components/live/use-topology';
import { Card, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { topologyHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import { serviceKey } from '@/lib/fleet/keys';
import type { TopologyBody, TopologyEdge } from '@/lib/topology/topology-body';
import styles from './dependencies.module.css';
import { DependencyRow } from './dependency-row';

/** What calls a service and what it calls, one hop each way, with what says so. */
export function ServiceDependencies({ dc, name }: { dc: string; name: string }) {
  const words = useText().topology;
  const key = serviceKey(dc, name);
  const edges = useTopology(useCallback((body: TopologyBody) => edgesAt(body, key), [key]));
  const ends = useMemo(() => new Set(edges?.flatMap(({ from, to }) => [from, to])), [edges]);
  const nodes = useTopology(
    useCallback((body: TopologyBody) => body.nodes.filter((node) => ends.has(node.key)), [ends]),
  );
  const byKey = useMemo(() => new Map(nodes?.map((node) => [node.key, node])), [nodes]);
  if (!edges) return <EmptyState title={words.panel.waiting} />;
  const list = (title: string, none: string, listed: readonly TopologyEdge[], end: 'from' | 'to') => (
    <Card className={styles.card} data-direction={end}>
      <CardTitle
        count={String(listed.length)}
        aside={
          <Link className={styles.link} prefetch={false} href={topologyHref(null, key)}>
            {words.dependencies.toGraph}
          </Link>
        }
      >
        {title}
      </CardTitle>
      {listed.length === 0 ? (
        <p className={styles.none}>{none}</p>
      ) : (
        <table className={styles.table} aria-label={title}>
          <thead>
            <tr>
              <th>{words.table.column.service}</th>
              <th>{words.table.column.kinds}</th>
              <th className={styles.number}>{words.table.column.rate}</th>
              <th className={styles.number}>{words.table.column.errors}</th>
              <th className={styles.number}>{words.table.column.p95}</th>
              <th>{words.table.column.source}</th>
            </tr>
          </thead>
          <tbody>
            {listed.map((edge) => (
              <DependencyRow key={edge.key} edge={edge} otherKey={edge[end]} other={byKey.get(edge[end])} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
  const { calledBy, calls, noCallers, noCalls } = words.dependencies;
  const into = edges.filter(({ to }) => to === key);
  const out = edges.filter(({ from, to }) => from === key && to !== key);
  return (
    <div className={styles.both}>
      {list(calledBy, noCallers, into, 'from')}
      {list(calls, noCalls, out, 'to')}
    </div>
  );
}

function edgesAt({ edges }: TopologyBody, key: string): TopologyEdge[] {
  return edges.filter(({ from, to }) => from === key || to === key);
}

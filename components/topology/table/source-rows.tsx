'use client';

import { Ago } from '@/components/topology/panel/ago';
import { useTopologyScene } from '@/components/topology/topology-scene';
import { EmptyState } from '@/components/ui/empty-state';
import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './table.module.css';

/** What tells of the picture, and how well: what does not answer, what this Consul does not have. */
export function SourceRows() {
  const words = useText().topology;
  const { column, sources: label, state: states, empty, emptyHint } = words.table;
  const { body } = useTopologyScene();
  const sources = body?.sources ?? [];
  if (sources.length === 0) return <EmptyState title={empty} hint={emptyHint} />;
  return (
    <div className={styles.scroller}>
      <table className={table.table} aria-label={label}>
        <thead>
          <tr>
            <th>{column.source}</th>
            <th>{column.dc}</th>
            <th>{column.state}</th>
            <th>{column.read}</th>
            <th>{column.note}</th>
          </tr>
        </thead>
        <tbody>
          {sources.map(({ name, dc, state, lastReadAt, reason }) => (
            <tr key={`${name} ${dc}`} data-state={state} data-freshness={state === 'old' ? 'stale' : undefined}>
              <td>{visibleLine(name)}</td>
              <td>{dc === null ? null : visibleLine(dc)}</td>
              <td className={state === 'old' ? styles.warn : undefined}>{states[state]}</td>
              <td>{lastReadAt === null ? words.edge.never : <Ago iso={lastReadAt} say={words.edge.seen} />}</td>
              <td className={styles.quiet}>{reason === null ? null : visibleLine(reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

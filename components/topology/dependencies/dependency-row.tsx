'use client';

import Link from 'next/link';
import { Ago } from '@/components/topology/panel/ago';
import { writtenNode } from '@/components/topology/panel/node-button';
import { serviceHref } from '@/components/ui/links';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import type { TopologyEdge, TopologyNode } from '@/lib/topology/topology-body';
import styles from './dependencies.module.css';

interface DependencyRowProps {
  readonly edge: TopologyEdge;
  /** Key of the service at the other end. */
  readonly otherKey: string;
  /** undefined: it is not in the picture. */
  readonly other: TopologyNode | undefined;
}

/** One service that calls, or is called, with all that says so. */
export function DependencyRow({ edge, otherKey, other }: DependencyRowProps) {
  const text = useText();
  const words = text.topology;
  const { kinds, allowed, mark, ratePerSecond, errorRatio, p95Ms, sources, isObservedOld } = edge;
  const status = other?.status ?? 'unknown';
  const written = writtenNode(otherKey);
  return (
    <tr data-key={otherKey} data-status={status} data-freshness={isObservedOld ? 'stale' : undefined}>
      <td>
        <span className={styles.name} title={text.status[status]}>
          <StatusIcon status={status} />
          {other && other.instances > 0 ? (
            <Link prefetch={false} href={serviceHref(other.dc, other.name)}>
              <bdi>{written}</bdi>
            </Link>
          ) : (
            <bdi>{written}</bdi>
          )}
        </span>
      </td>
      <td>
        {kinds.map((kind) => words.kinds[kind]).join(', ')}
        {allowed === false ? <span className={styles.denied}> {words.edge.denied}</span> : null}
        {mark === null ? null : <span className={styles.quiet}> · {words.table.mark[mark]}</span>}
      </td>
      <td className={styles.number}>{ratePerSecond === null ? null : words.perSecond(ratePerSecond)}</td>
      <td className={styles.number}>{errorRatio === null ? null : words.percent(errorRatio)}</td>
      <td className={styles.number}>{p95Ms === null ? null : words.ms(p95Ms)}</td>
      <td>
        <ul className={styles.sources}>
          {sources.map(({ kind, source, seenAt }) => (
            <li key={`${kind} ${source}`}>
              <bdi>{visibleLine(source)}</bdi>{' '}
              <span className={styles.quiet}>
                <Ago iso={seenAt} say={words.edge.seen} />
              </span>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

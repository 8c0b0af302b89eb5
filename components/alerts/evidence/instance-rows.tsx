'use client';

import Link from 'next/link';
import { useState } from 'react';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { instanceHref, nodeHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './evidence.module.css';
import { StatusNow } from './status-now';
import type { StatusNow as Now } from './use-statuses';

const SHOWN_AT_FIRST = 12;

export interface InstanceRow {
  readonly key: string;
  readonly id: string;
  readonly node: string;
  /** The check that says so; null: none is known. */
  readonly check: string | null;
  readonly since: string;
  readonly sinceAtLeast: boolean;
  readonly now: Now | null | undefined;
}

interface InstanceRowsProps {
  readonly dc: string;
  readonly freshness: FreshnessState;
  readonly rows: readonly InstanceRow[];
  /** There are more than are told. */
  readonly untold?: number;
}

/** Instances that an alert stands on, each with what it is now. */
export function InstanceRows({ dc, freshness, rows, untold = 0 }: InstanceRowsProps) {
  const text = useText();
  const [all, showAll] = useState(false);
  const { column } = text.alerts;
  const shown = all ? rows : rows.slice(0, SHOWN_AT_FIRST);
  const more = rows.length - shown.length;
  return (
    <>
      <div className={styles.scroll}>
        <table className={`${table.table} ${styles.instances}`} data-dense>
          <thead>
            <tr>
              <th>{text.alerts.member.instance}</th>
              <th>{column.node}</th>
              <th>{column.check}</th>
              <th className={styles.statusColumn}>{column.now}</th>
              <th className={`${table.number} ${styles.figure}`}>{column.since}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ key, id, node, check, since, sinceAtLeast, now }) => (
              <tr key={key} data-key={key} data-status={now?.status}>
                <td>
                  <Link prefetch={false} className={styles.link} href={instanceHref(dc, node, id)}>
                    <Name>{id}</Name>
                  </Link>
                </td>
                <td className={table.quiet}>
                  <Link prefetch={false} className={styles.quietLink} href={nodeHref(dc, node)}>
                    <Name>{node}</Name>
                  </Link>
                </td>
                <td className={`${table.quiet} ${styles.cut}`}>{check === null ? '' : visibleLine(check)}</td>
                <td>
                  <StatusNow now={now} />
                </td>
                <td className={`${table.number} ${table.quiet}`}>
                  {freshness === 'live' ? (
                    <Elapsed iso={since} atLeast={sinceAtLeast} short />
                  ) : (
                    <DatacenterAge dc={dc} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 ? (
        <button type="button" className={styles.more} onClick={() => showAll(true)}>
          {text.alerts.moreMembers(more)}
        </button>
      ) : untold > 0 ? (
        <p className={styles.more}>{text.alerts.moreMembers(untold)}</p>
      ) : null}
    </>
  );
}

'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Elapsed } from '@/components/observed/since';
import { instanceHref, nodeHref, serviceHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import type { FlapMember } from '@/lib/alerts/evidence';
import styles from './evidence.module.css';
import type { StatusOf } from './flap-members';
import { StatusNow } from './status-now';

const SHOWN_AT_FIRST = 12;

interface MemberTableProps {
  readonly dc: string;
  readonly members: readonly FlapMember[];
  /** A node's service has no instance that is known here. */
  readonly statusOf: StatusOf;
}

/** Checks, instances, services and nodes that flap: how often, when last, at what pace, and what they are now. */
export function MemberTable({ dc, members, statusOf }: MemberTableProps) {
  const text = useText();
  const [all, showAll] = useState(false);
  const { column, words } = text.alerts;
  const shown = all ? members : members.slice(0, SHOWN_AT_FIRST);
  const [first] = members;
  return (
    <>
      <div className={styles.scroll}>
        <table className={`${table.table} ${styles.members}`} data-dense>
          <thead>
            <tr>
              <th>{text.alerts.member[first?.subject ?? 'instance']}</th>
              <th>{column.node}</th>
              <th>{column.check}</th>
              <th className={styles.statusColumn}>{column.now}</th>
              <th className={`${table.number} ${styles.figure}`}>{column.changes}</th>
              <th className={`${table.number} ${styles.figure}`}>{column.period}</th>
              <th className={`${table.number} ${styles.figure}`}>{column.last}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((member) => {
              const { key, name, node, check, changes, atLeast, lastAt, periodMs } = member;
              const now = statusOf(member);
              return (
                <tr key={`${key} ${check}`} data-key={key} data-status={now?.status}>
                  <td>
                    <Link prefetch={false} className={styles.link} href={memberHref(dc, member)}>
                      <Name>{name}</Name>
                    </Link>
                  </td>
                  <td className={`${table.quiet} ${styles.cut}`}>{node === null ? '' : <Name>{node}</Name>}</td>
                  <td className={`${table.quiet} ${styles.cut}`}>
                    {check === null ? text.alerts.sum : <Name>{check}</Name>}
                  </td>
                  <td>
                    <StatusNow now={now} />
                  </td>
                  <td className={table.number}>{atLeast ? text.alerts.atLeast(changes) : text.number(changes)}</td>
                  <td className={`${table.number} ${table.quiet}`}>
                    {periodMs === null ? text.alerts.noPeriod : words.exact(periodMs)}
                  </td>
                  <td className={`${table.number} ${table.quiet}`}>
                    {lastAt === null ? text.alerts.noChange : <Elapsed iso={lastAt} atLeast={false} short />}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {members.length > shown.length ? (
        <button type="button" className={styles.more} onClick={() => showAll(true)}>
          {text.alerts.moreMembers(members.length - shown.length)}
        </button>
      ) : null}
    </>
  );
}

function memberHref(dc: string, { subject, name, node }: FlapMember): string {
  if (subject === 'service') return serviceHref(dc, name);
  return subject === 'node' || node === null ? nodeHref(dc, name) : instanceHref(dc, node, name);
}

'use client';

import type { ReactNode } from 'react';
import { Card, CardTitle } from '@/components/ui/card';
import { CheckOutput } from '@/components/ui/check-output';
import { EmptyState } from '@/components/ui/empty-state';
import { Glow } from '@/components/ui/glow';
import { StatusWord } from '@/components/ui/status-word';
import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import { checkStanding, worstChecksFirst } from '@/lib/fleet/check-standing';
import type { Check, FreshnessState } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './check-table.module.css';
import { DatacenterAge } from './datacenter-freshness';
import { Elapsed } from './since';

interface CheckTableProps {
  readonly title: string;
  readonly checks: readonly Check[];
  readonly dc: string;
  readonly freshness: FreshnessState;
  readonly gone: boolean;
  /** Of what they check nobody knows whether it is there: what they said when they were last seen vouches for nothing now. */
  readonly unconfirmed?: boolean;
  readonly aside?: ReactNode;
}

/** Checks with their whole output and since when each is so, the worst first. */
export function CheckTable({ title, checks, dc, freshness, gone, unconfirmed = false, aside }: CheckTableProps) {
  const text = useText();
  const old = gone || unconfirmed;
  return (
    <Card className={styles.card} aria-labelledby="checks" data-freshness={old ? 'lost' : freshness}>
      <CardTitle id="checks" count={text.number(checks.length)} aside={aside}>
        {title}
      </CardTitle>
      {checks.length === 0 ? (
        <EmptyState title={text.service.noChecks} />
      ) : (
        <table className={`${table.table} ${styles.checks}`} aria-labelledby="checks">
          <thead>
            <tr>
              <th className={styles.status}>{text.services.column.status}</th>
              <th className={styles.since}>{text.services.column.since}</th>
              <th className={styles.check}>{text.nodes.check}</th>
              <th>{text.nodes.output}</th>
            </tr>
          </thead>
          <tbody>
            {worstChecksFirst(checks).map((check) => (
              <tr key={`${check.scope} ${check.id}`} data-status={checkStanding(check)}>
                <td className={styles.status}>
                  <StatusWord status={checkStanding(check)} />
                  <Glow of={check.status} />
                </td>
                <td className={styles.since}>
                  {freshness === 'live' && !old ? (
                    <Elapsed iso={check.since} atLeast={check.sinceAtLeast} short />
                  ) : (
                    <DatacenterAge dc={dc} />
                  )}
                </td>
                <td className={styles.check}>
                  <bdi className={styles.name}>{visibleLine(check.name || check.id)}</bdi>
                  <span className={styles.about}>
                    <bdi>{visibleLine(check.id)}</bdi>
                    {check.type === '' ? null : ` · ${visibleLine(check.type)}`}
                    {check.scope === 'node' ? ` · ${text.service.nodeCheck}` : null}
                  </span>
                </td>
                <td>
                  <div className={styles.output}>
                    <CheckOutput check={check} />
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

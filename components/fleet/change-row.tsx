'use client';

import Link from 'next/link';
import { memo } from 'react';
import type { RecentChange } from '@/components/live/use-recent-changes';
import { Moment } from '@/components/observed/since';
import hidden from '@/components/ui/hidden.module.css';
import { serviceHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { StatusIcon } from '@/components/ui/status-icon';
import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import styles from './changes.module.css';

/** One transition of a service: from the shape of what it was to the word of what it is. */
export const ChangeRow = memo(function ChangeRow({ change }: { change: RecentChange }) {
  const text = useText();
  const { dc, service, from, to, observedAt, merged } = change;
  return (
    <li className={styles.row}>
      <span className={styles.time}>
        <Moment iso={observedAt} />
      </span>
      <span className={styles.dc}>{dc}</span>
      <Link prefetch={false} className={styles.name} href={serviceHref(dc, service)}>
        <Name>{service}</Name>
      </Link>
      <span className={styles.step}>
        {merged ? <abbr title={text.overview.merged}>≥</abbr> : null}
        {from === null ? (
          <span className={styles.word}>{text.overview.appeared}</span>
        ) : (
          <>
            <StatusIcon status={from} />
            <span className={hidden.hidden}>{text.status[from]}</span>
          </>
        )}
        <span className={styles.arrow}>→</span>
        {to === null ? <span className={styles.word}>{text.overview.removed}</span> : <StatusWord status={to} />}
      </span>
    </li>
  );
});

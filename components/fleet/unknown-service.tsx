'use client';

import Link from 'next/link';
import styles from '@/components/observed/unknown.module.css';
import { useView } from '@/components/observed/use-view';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { serviceHref, servicesHref } from '@/components/ui/links';
import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import { serviceRows } from '@/lib/fleet/service-row';
import { visibleLine } from '@/lib/text/visible-text';

/** No such service, and where else one of that name is. */
export function UnknownService({ dc, name }: { dc: string; name: string }) {
  const text = useText();
  const { fleet, connected } = useView();
  const rows = fleet ? serviceRows(fleet, connected).filter(({ service }) => service.name === name) : [];
  return (
    <Card>
      <EmptyState
        page
        title={text.service.notFound(visibleLine(name), visibleLine(dc))}
        hint={text.service.notFoundHint}
      >
        {rows.length > 0 ? (
          <div className={styles.others}>
            {text.service.itIsIn}
            {rows.map((row) => (
              <Link prefetch={false} key={row.dc} className={styles.other} href={serviceHref(row.dc, name)}>
                {row.dc} <StatusWord status={row.service.status} />
              </Link>
            ))}
          </div>
        ) : null}
        <Link prefetch={false} className={styles.all} href={servicesHref(null)}>
          {text.service.all}
        </Link>
      </EmptyState>
    </Card>
  );
}

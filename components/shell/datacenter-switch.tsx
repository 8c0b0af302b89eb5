'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useFreshness } from '@/components/live/use-freshness';
import { FreshnessLabel } from '@/components/ui/freshness-label';
import { nodesHref, servicesHref } from '@/components/ui/links';
import styles from './datacenter-row.module.css';

interface DatacenterSwitchProps {
  /** null: all. */
  readonly dc: string | null;
  readonly here: boolean;
  /** A page of one datacenter has nothing to filter: from there the switch leads to the list. */
  readonly onPage: boolean;
  readonly choose: (dc: string | null) => void;
  readonly children?: string;
}

export function DatacenterSwitch({ dc, here, onPage, choose, children }: DatacenterSwitchProps) {
  const content = dc === null ? children : <NameAndFreshness dc={dc} />;
  const freshness = useFreshness(dc ?? '');
  const list = usePathname().startsWith('/nodes') ? nodesHref : servicesHref;
  const marks =
    dc === null
      ? {}
      : { 'data-key': encodeURIComponent(dc), 'data-freshness': freshness.state, title: freshness.reason ?? undefined };
  if (onPage) {
    return (
      <Link href={list(dc)} aria-current={here ? 'true' : undefined} {...marks}>
        {content}
      </Link>
    );
  }
  return (
    <button type="button" aria-pressed={here} onClick={() => choose(dc)} {...marks}>
      {content}
    </button>
  );
}

function NameAndFreshness({ dc }: { dc: string }) {
  const { state, lastContactMs } = useFreshness(dc);
  return (
    <>
      <b className={styles.name}>{dc}</b>
      <FreshnessLabel state={state} ageMs={lastContactMs} />
    </>
  );
}

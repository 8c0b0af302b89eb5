'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import hidden from '@/components/ui/hidden.module.css';
import { instanceHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { Instance } from '@/lib/fleet/model';
import type { VersionLoads } from '@/lib/release/slider/version-loads';
import styles from './loads.module.css';

interface InstanceLoadProps {
  readonly instance: Instance;
  readonly dc: string;
  /** Null: it takes no traffic. */
  readonly load: VersionLoads | null;
  /** The longest bar stands for so much. */
  readonly most: number;
  /** Something is set: what is to be expected differs from what is now. */
  readonly moved: boolean;
  /** What it carries, or why nothing. */
  readonly children: ReactNode;
}

/** An instance with what it carries: the bar is what is to be expected, the line across it what is now. */
export function InstanceLoad({ instance, dc, load, most, moved, children }: InstanceLoadProps) {
  const text = useText();
  const { id, node, status } = instance;
  const part = (amount: number | null) => `${most > 0 ? Math.min(100, (100 * (amount ?? 0)) / most) : 0}%`;
  return (
    <li data-status={status}>
      <StatusIcon status={status} />
      <span className={hidden.hidden}>{text.status[status]}</span>
      <Link prefetch={false} className={styles.id} href={instanceHref(dc, node, id)}>
        <Name>{id}</Name>
      </Link>
      <Name className={styles.node}>{node}</Name>
      {load ? (
        <span className={styles.gauge} aria-hidden="true" data-paint>
          <i style={{ width: part(moved ? load.next.each : load.now.each) }} />
          <em style={{ left: part(load.now.each) }} />
        </span>
      ) : null}
      {children}
    </li>
  );
}

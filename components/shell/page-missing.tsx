'use client';

import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { overviewHref } from '@/components/ui/links';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import styles from './page-state.module.css';

export function PageMissing() {
  const text = useText();
  return (
    <Card>
      <PageTitle parts={[text.error.notFound]} />
      <EmptyState page title={text.error.notFound} hint={text.error.notFoundHint}>
        <Link className={styles.button} href={overviewHref(null)}>
          {text.error.home}
        </Link>
      </EmptyState>
    </Card>
  );
}

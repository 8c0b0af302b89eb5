'use client';

import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import styles from './page-state.module.css';

/** In the place of a page that threw. `reference` finds the cause in the server's log; the cause itself stays there. */
export function PageFailure({ reference, retry }: { reference: string | undefined; retry: () => void }) {
  const text = useText();
  return (
    <Card role="alert">
      <PageTitle parts={[text.error.title]} />
      <EmptyState page title={text.error.title} hint={text.error.hint}>
        {reference ? <code className={styles.reference}>{reference}</code> : null}
        <button type="button" className={styles.button} onClick={retry}>
          {text.error.retry}
        </button>
      </EmptyState>
    </Card>
  );
}

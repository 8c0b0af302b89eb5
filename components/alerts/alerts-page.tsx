'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { useView } from '@/components/observed/use-view';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import { AlertsNow } from './alerts-now';
import styles from './alerts-page.module.css';
import { AlertsTabs, alertsTabs } from './alerts-tabs';

interface AlertsPageProps {
  readonly silences: ReactNode;
  readonly rules: ReactNode;
  readonly delivery: ReactNode;
}

const tabParser = parseAsStringLiteral(alertsTabs).withDefault('alerts').withOptions({ history: 'push' });

/** What fires and on what it stands; and a tab away what is silenced, by which rules it fires, and where it is sent. */
export function AlertsPage(contents: AlertsPageProps) {
  const text = useText();
  const { dc } = useView();
  const [tab] = useQueryState('tab', tabParser);
  const parts = [
    ...(tab === 'alerts' ? [] : [text.alerts.tab[tab]]),
    text.alerts.title,
    ...(dc === null ? [] : [visibleLine(dc)]),
  ];
  return (
    <>
      <PageTitle parts={parts} />
      {tab === 'alerts' ? (
        <AlertsNow tabs={<AlertsTabs here={tab} />} />
      ) : (
        <>
          <div className={styles.bar} data-alone>
            <h1>{text.alerts.title}</h1>
            <AlertsTabs here={tab} />
          </div>
          {contents[tab]}
        </>
      )}
    </>
  );
}

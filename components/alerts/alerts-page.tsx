'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
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
  const [tab] = useQueryState('tab', tabParser);
  const tabs = <AlertsTabs here={tab} />;
  if (tab === 'alerts') return <AlertsNow tabs={tabs} />;
  return (
    <>
      <PageTitle parts={[text.alerts.tab[tab], text.alerts.title]} />
      <div className={styles.bar} data-alone>
        <h1>{text.alerts.title}</h1>
        {tabs}
      </div>
      {contents[tab]}
    </>
  );
}

'use client';

import { useMemo } from 'react';
import { usePast } from '@/components/live/past';
import { useRecentChanges } from '@/components/live/use-recent-changes';
import { useView } from '@/components/observed/use-view';
import { Card, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { useText } from '@/components/ui/text-provider';
import { ChangeRow } from './change-row';
import styles from './changes.module.css';
import { OpenedAt } from './opened-at';
import { useFirstInSight } from './use-first-in-sight';

/** What this tab itself has seen change, newest first. It is no history: it begins when the page was opened, and says so. Of the past, what led to the moment shown. */
export function Changes() {
  const text = useText();
  const { dc } = useView();
  const past = usePast();
  const seen = useRecentChanges();
  const changes = useMemo(() => seen.filter((change) => dc === null || change.dc === dc), [seen, dc]);
  const shown = useFirstInSight(changes);
  return (
    <Card aria-labelledby="changes">
      <CardTitle id="changes" aside={<OpenedAt />}>
        {text.overview.changes}
      </CardTitle>
      {changes.length === 0 ? (
        <EmptyState title={text.overview.noChanges} {...(past ? {} : { hint: text.overview.noChangesHint })} />
      ) : (
        <ol className={styles.rows}>
          {shown.map((change) => (
            <ChangeRow key={`${change.seq} ${change.key}`} change={change} />
          ))}
        </ol>
      )}
    </Card>
  );
}

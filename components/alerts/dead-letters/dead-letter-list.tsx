'use client';

import { useMemo } from 'react';
import { Card, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import { DeadLetterRow } from './dead-letter-row';
import styles from './delivery.module.css';
import { useDeadLetters } from './use-dead-letters';

/** Deliveries that were given up, to be sent again or discarded. Without a webhook there can be none. */
export function DeadLetterList({ hasWebhooks }: { hasWebhooks: boolean }) {
  const text = useText();
  const { items: read, error } = useDeadLetters();
  const items = useMemo(
    () => [...(read ?? [])].sort((a, b) => Date.parse(b.givenUpAt) - Date.parse(a.givenUpAt)),
    [read],
  );
  if (!hasWebhooks && items.length === 0 && error === null) return null;
  return (
    <Card aria-labelledby="dead-letters">
      <CardTitle id="dead-letters" {...(read ? { count: text.number(items.length) } : {})}>
        {text.delivery.letters}
      </CardTitle>
      {error === null ? null : (
        <div className={styles.notice}>
          <Notice title={text.delivery.lettersFailed}>{visibleLine(error)}</Notice>
        </div>
      )}
      {items.length > 0 ? <p className={styles.hint}>{text.delivery.lettersHint}</p> : null}
      {read && items.length === 0 ? (
        <EmptyState title={text.delivery.noLetters} hint={text.delivery.lettersHint} />
      ) : null}
      <ul>
        {items.map((letter) => (
          <DeadLetterRow key={letter.id} letter={letter} />
        ))}
      </ul>
    </Card>
  );
}

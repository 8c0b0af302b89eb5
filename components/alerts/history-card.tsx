'use client';

import { useState } from 'react';
import { Moment } from '@/components/observed/since';
import { useText } from '@/components/ui/text-provider';
import type { AlertBody, AlertState } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './alert-detail.module.css';
import { EvidenceCard } from './evidence/evidence-card';

const SHOWN_AT_FIRST = 12;

/** What became of an alert, the latest at the end; undefined: it is being read. */
export function HistoryCard({ body }: { body: AlertBody | undefined }) {
  const text = useText();
  const [all, showAll] = useState(false);
  const history = body?.history ?? [];
  const shown = all ? history : history.slice(-SHOWN_AT_FIRST);
  const earlier = history.length - shown.length;
  return (
    <EvidenceCard title={text.alerts.history}>
      {history.length === 0 ? (
        <p className={styles.words}>{body ? text.alerts.noHistory : text.alerts.detailReading}</p>
      ) : (
        <ol className={styles.history}>
          {earlier > 0 ? (
            <li>
              <button type="button" onClick={() => showAll(true)}>
                {text.alerts.earlier(earlier)}
              </button>
            </li>
          ) : null}
          {shown.map(({ at, from, to }, index) => (
            // Two things may have become of it in one moment.
            // biome-ignore lint/suspicious/noArrayIndexKey: what happened has no name, and only grows at its end.
            <li key={`${at} ${earlier + index}`} data-alert-state={isState(to, text.alerts.became) ? to : undefined}>
              <Moment iso={at} />
              <span>{wordsOf(from, to, text.alerts)}</span>
            </li>
          ))}
        </ol>
      )}
    </EvidenceCard>
  );
}

type Words = ReturnType<typeof useText>['alerts'];

const isState = (word: string, became: Words['became']): word is AlertState => Object.hasOwn(became, word);

/** A state by what it means; what else was done by its own words. */
function wordsOf(from: string | null, to: string, { became, firesAgain }: Words): string {
  if (!isState(to, became)) return visibleLine(to);
  return to === 'firing' && from !== null && from !== 'pending' ? firesAgain : became[to];
}

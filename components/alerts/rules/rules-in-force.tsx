'use client';

import { useNow } from '@/components/live/use-now';
import { CardTitle } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { RulesState } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './rules-tab.module.css';

/** Which rules are in force and where they come from; and why newer ones are not. `error`: they could not be read lately. */
export function RulesInForce({ state, error }: { state: RulesState; error: string | null }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const loadedMs = Date.parse(state.loadedAt);
  return (
    <>
      <CardTitle
        id="rules"
        count={sourceText(state.source, text.alertRules.source)}
        aside={
          <time dateTime={state.loadedAt} title={clock.utc(loadedMs)}>
            {text.alertRules.since(clock.moment(loadedMs, nowMs))}
          </time>
        }
      >
        {text.alertRules.inForce(state.rules)}
      </CardTitle>
      {state.error ? (
        <div className={styles.error} role="alert">
          <b>{text.alertRules.error}.</b>{' '}
          {state.error.line === null
            ? visibleLine(state.error.reason)
            : text.alertRules.atLine(state.error.line, visibleLine(state.error.reason))}
        </div>
      ) : null}
      {error === null ? null : (
        <div className={styles.notice}>
          <Notice title={visibleLine(error)} />
        </div>
      )}
    </>
  );
}

interface SourceWords {
  readonly defaults: string;
  readonly record: string;
  readonly file: (path: string) => string;
}

function sourceText(source: string, words: SourceWords): string {
  if (source === 'defaults') return words.defaults;
  return source === 'record' ? words.record : words.file(visibleLine(source));
}

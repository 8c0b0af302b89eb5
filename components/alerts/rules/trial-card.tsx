'use client';

import { useNow } from '@/components/live/use-now';
import { Card, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import styles from './trial.module.css';
import { TrialItems } from './trial-items';
import { TrialRow } from './trial-row';
import type { Tried } from './use-rules-moves';

/** What rules would have done on the record, beside what those in force did there: by rule, and one by one. */
export function TrialCard({ tried: { text: triedText, trial }, written }: { tried: Tried; written: string }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const { column } = text.alertRules;
  const [fromMs, toMs] = [Date.parse(trial.from), Date.parse(trial.to)];
  const recordedMs = trial.recordedFrom === null ? null : Date.parse(trial.recordedFrom);
  const fired = trial.rules.reduce((sum, rule) => sum + rule.fired, 0);
  return (
    <Card aria-labelledby="trial" data-trial>
      <CardTitle
        id="trial"
        count={clock.span(fromMs, toMs, nowMs)}
        aside={text.alertRules.transitions(trial.transitions)}
      >
        {text.alertRules.results}
      </CardTitle>
      <div className={styles.notes} role="status">
        {triedText === written ? null : <p data-tone="warning">{text.alertRules.outdated}</p>}
        {recordedMs !== null && recordedMs > fromMs ? (
          <p>{text.alertRules.recordedFrom(clock.moment(recordedMs, nowMs))}</p>
        ) : null}
        {trial.cutBy === null ? null : <p>{text.alertRules.cut[trial.cutBy]}</p>}
      </div>
      <table className={`${table.table} ${styles.rules}`} data-dense aria-labelledby="trial">
        <thead>
          <tr>
            <th>{column.rule}</th>
            <th className={`${table.number} ${styles.fired}`}>{column.fired}</th>
            <th className={`${table.number} ${styles.now}`}>{column.now}</th>
            <th className={`${table.number} ${styles.time}`}>{column.time}</th>
            <th className={`${table.number} ${styles.suppressed}`}>{column.suppressed}</th>
            <th className={styles.when}>{column.when}</th>
          </tr>
        </thead>
        <tbody>
          {trial.rules.map((rule) => (
            <TrialRow key={rule.rule} rule={rule} items={trial.items} fromMs={fromMs} toMs={toMs} />
          ))}
        </tbody>
      </table>
      {fired === 0 ? (
        <EmptyState title={text.alertRules.nothing} hint={text.alertRules.nothingHint} />
      ) : (
        <TrialItems
          items={trial.items}
          all={trial.rules.reduce((sum, rule) => sum + rule.fired + rule.suppressed, 0)}
        />
      )}
    </Card>
  );
}

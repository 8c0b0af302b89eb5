'use client';

import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import type { RulesTrial } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import { TrialStrip } from './trial-strip';

interface TrialRowProps {
  readonly rule: RulesTrial['rules'][number];
  readonly items: RulesTrial['items'];
  readonly fromMs: number;
  readonly toMs: number;
}

/** One rule: how often it would have fired, against how often it does by the rules in force, how long, and when. */
export function TrialRow({ rule, items, fromMs, toMs }: TrialRowProps) {
  const text = useText();
  const { when, notTried, fired, firedNow, suppressed, firingMs } = rule;
  const name = <th scope="row">{visibleLine(rule.rule)}</th>;
  if (notTried !== null) {
    return (
      <tr data-not-tried>
        {name}
        <td colSpan={5} className={table.quiet}>
          {text.alertRules.notTried}: {text.alertRules.notTriedWhy[when] ?? visibleLine(notTried)}
        </td>
      </tr>
    );
  }
  const difference = fired - firedNow;
  return (
    <tr data-rule={rule.rule}>
      {name}
      <td className={table.number}>
        <b>{text.number(fired)}</b>
      </td>
      <td className={`${table.number} ${table.quiet}`}>
        {text.number(firedNow)}
        <small>
          {difference === 0
            ? text.alertRules.same
            : difference > 0
              ? text.alertRules.more(difference)
              : text.alertRules.fewer(-difference)}
        </small>
      </td>
      <td className={table.number}>{firingMs === 0 ? null : text.duration(firingMs)}</td>
      <td className={`${table.number} ${table.quiet}`}>{suppressed === 0 ? null : text.number(suppressed)}</td>
      <td>
        <TrialStrip name={rule.rule} items={items} fromMs={fromMs} toMs={toMs} fired={fired} />
      </td>
    </tr>
  );
}

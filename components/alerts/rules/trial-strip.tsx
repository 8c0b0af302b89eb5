'use client';

import type { CSSProperties } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { RulesTrial } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './trial.module.css';

interface TrialStripProps {
  readonly name: string;
  readonly items: RulesTrial['items'];
  readonly fromMs: number;
  readonly toMs: number;
  readonly fired: number;
}

/** When a rule would have fired within the span that was tried. */
export function TrialStrip({ name, items, fromMs, toMs, fired }: TrialStripProps) {
  const text = useText();
  const percent = (atMs: number) => (100 * (Math.min(Math.max(atMs, fromMs), toMs) - fromMs)) / (toMs - fromMs);
  return (
    <div className={styles.strip} role="img" aria-label={text.alertRules.whenOf(visibleLine(name), fired)}>
      {items
        .filter(({ rule }) => rule === name)
        .map(({ key, firedAt, resolvedAt, severity, suppressed }) => {
          const left = percent(Date.parse(firedAt));
          const right = resolvedAt === null ? 100 : percent(Date.parse(resolvedAt));
          return (
            <span
              key={`${key} ${firedAt}`}
              data-severity={severity}
              data-suppressed={suppressed || undefined}
              style={{ left: `${left}%`, width: `${right - left}%` } as CSSProperties}
            />
          );
        })}
    </div>
  );
}

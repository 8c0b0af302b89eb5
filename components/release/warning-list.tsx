'use client';

import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import hidden from '@/components/ui/hidden.module.css';
import { useText } from '@/components/ui/text-provider';
import type { SplitWarning } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './notices.module.css';

const icons = { danger: OctagonAlert, warning: TriangleAlert, note: Info };
const bySeverity: readonly SplitWarning['severity'][] = ['danger', 'warning', 'note'];

/** What to know before a write, the gravest first: a shape, a word, and the sentence. */
export function WarningList({ warnings }: { warnings: readonly SplitWarning[] }) {
  const { release } = useText();
  if (warnings.length === 0) return null;
  const sorted = [...warnings].sort((a, b) => bySeverity.indexOf(a.severity) - bySeverity.indexOf(b.severity));
  return (
    <ul className={styles.warnings} aria-label={release.warnings} data-severity={sorted[0]?.severity}>
      {sorted.map(({ severity, code, sentence }) => {
        const Icon = icons[severity];
        return (
          <li key={`${code} ${sentence}`} data-severity={severity}>
            <Icon size={15} aria-hidden="true" data-paint />
            <p>
              <span className={hidden.hidden}>{release.severity[severity]}: </span>
              <b>{release.lead(release.about(code) ?? release.severity[severity])}</b> {visibleLine(sentence)}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

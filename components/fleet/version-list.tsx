'use client';

import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './version-list.module.css';

const SHOWN = 2;

/** Versions, that with the most instances first; their numbers where there is more than one. */
export function VersionList({ versions, all = false }: { versions: Readonly<Record<string, number>>; all?: boolean }) {
  const text = useText();
  const entries = Object.entries(versions).sort(([, a], [, b]) => b - a);
  const shown = all ? entries : entries.slice(0, SHOWN);
  const whole = entries.map(([version, count]) => `${visibleLine(version)} × ${text.number(count)}`).join('\n');
  return (
    <span className={styles.versions} title={whole}>
      {shown.map(([version, count]) => (
        <span key={version} className={styles.version}>
          {visibleLine(version)}
          {entries.length > 1 || all ? <span className={styles.count}> × {text.number(count)}</span> : null}
        </span>
      ))}
      {shown.length < entries.length ? (
        <span className={styles.count}>{text.services.moreVersions(entries.length - shown.length)}</span>
      ) : null}
    </span>
  );
}

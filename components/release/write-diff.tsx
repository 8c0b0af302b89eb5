'use client';

import { useMemo } from 'react';
import { useText } from '@/components/ui/text-provider';
import { foldedDiff } from '@/lib/release/slider/folded-diff';
import { diffLines, valueLines } from '@/lib/release/slider/line-diff';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './diff.module.css';
import { DiffRow } from './diff-row';

interface WriteDiffProps {
  readonly write: { readonly target: string; readonly before: unknown; readonly after: unknown };
  /** What the two sides are called. */
  readonly sides?: readonly [before: string, after: string];
}

/** What is written in one place, line by line against what stands there; on a narrow page one side below the other. */
export function WriteDiff({ write, sides }: WriteDiffProps) {
  const { release } = useText();
  const { target, before, after } = write;
  const rows = useMemo(() => foldedDiff(diffLines(valueLines(before), valueLines(after))), [before, after]);
  const [left, right] = sides ?? [release.before, release.after];
  return (
    <figure className={styles.diff} data-one-sided={before === null || after === null || undefined}>
      <figcaption>
        <code>{visibleLine(target)}</code>
      </figcaption>
      {before === null ? <p className={styles.absent}>{release.absentBefore}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <section className={styles.lines} aria-label={visibleLine(target)} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{left}</th>
              <th scope="col">{right}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place.
              <DiffRow key={n} row={row} />
            ))}
          </tbody>
        </table>
      </section>
      {after === null ? <p className={styles.absent}>{release.absentAfter}</p> : null}
    </figure>
  );
}

'use client';

import hidden from '@/components/ui/hidden.module.css';
import { useText } from '@/components/ui/text-provider';
import type { FoldedLine } from '@/lib/release/slider/folded-diff';
import { visibleText } from '@/lib/text/visible-text';
import styles from './diff.module.css';

/** A line on both sides; what changed bears a sign and a word besides its colour. */
export function DiffRow({ row }: { row: FoldedLine }) {
  const { release } = useText();
  if ('folded' in row) {
    return (
      <tr className={styles.folded}>
        <td colSpan={2}>{release.unchanged(row.folded)}</td>
      </tr>
    );
  }
  const { before, after } = row;
  const isSame = before === after;
  return (
    <tr className={styles.row} data-same={isSame || undefined}>
      <Side line={before} sign={isSame ? null : '−'} word={release.removedLine} />
      <Side line={after} sign={isSame ? null : '+'} word={release.addedLine} />
    </tr>
  );
}

function Side({ line, sign, word }: { line: string | null; sign: '−' | '+' | null; word: string }) {
  if (line === null) return <td className={styles.empty} />;
  return (
    <td data-sign={sign ?? undefined}>
      {sign === null ? null : <span className={hidden.hidden}>{word}: </span>}
      <span className={styles.sign} aria-hidden="true">
        {sign}
      </span>
      {visibleText(line)}
    </td>
  );
}

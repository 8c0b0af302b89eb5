'use client';

import { useState } from 'react';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import type { SplitPreview } from '@/lib/release/split-body';
import styles from './preview.module.css';
import { WriteDiff } from './write-diff';

/** So many writes are shown at first: a plan by weights has one for each instance. */
const AT_FIRST = 8;

/** Every write of a plan; the others of many on request. */
export function WriteList({ writes }: Pick<SplitPreview, 'writes'>) {
  const { release } = useText();
  const [all, showAll] = useState(false);
  const shown = all ? writes : writes.slice(0, AT_FIRST);
  return (
    <>
      {shown.map((write, n) => (
        // Two writes of a plan may have one target: up from nothing is a weight, then the end of maintenance.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes; a new preview is a new card.
        <WriteDiff key={n} write={write} />
      ))}
      {shown.length < writes.length ? (
        <button type="button" className={`${buttons.quiet} ${styles.more}`} onClick={() => showAll(true)}>
          {release.moreWrites(writes.length - shown.length)}
        </button>
      ) : null}
    </>
  );
}

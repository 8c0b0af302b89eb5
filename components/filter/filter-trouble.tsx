'use client';

import { useText } from '@/components/ui/text-provider';
import type { FilterError } from '@/lib/filter/filter-error';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './filter-input.module.css';

/** What is wrong with the filter, and what is shown until it is mended. Always there, so that a change is read out. */
export function FilterTrouble({
  id,
  error,
  applied,
}: {
  id: string;
  error: FilterError | null;
  applied: string | null;
}) {
  const text = useText();
  return (
    <p id={id} className={styles.trouble} role="status">
      {error ? (
        <>
          <b>{text.filter.error(error)}</b> {applied === null ? null : text.filter.still(visibleLine(applied.trim()))}
        </>
      ) : null}
    </p>
  );
}

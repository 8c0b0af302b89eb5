'use client';

import { Ban } from 'lucide-react';
import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';
import type { SplitRecord } from '@/lib/release/split-body';
import styles from './traffic.module.css';
import type { DraftView } from './use-draft';

/** Which mechanism is shown and would be written. One that cannot is still looked at: the line below says why it cannot. */
export function MechanismSwitch({ split, view }: { split: SplitRecord; view: DraftView }) {
  const text = useText();
  return (
    <fieldset className={`${segmented.group} ${styles.mechanisms}`} aria-label={text.release.mechanisms}>
      {split.mechanisms.map(({ mechanism, can }) => (
        <button
          key={mechanism}
          type="button"
          aria-pressed={view.mechanism === mechanism}
          data-can={can}
          title={can ? text.release.mechanismIs[mechanism] : text.release.cannotBy(mechanism)}
          onClick={() => view.change({ mechanism })}
        >
          {can ? null : <Ban size={13} aria-label={text.release.cannotBy(mechanism)} />}
          {text.release.mechanism[mechanism]}
          {split.mechanism === mechanism ? (
            <span className={styles.divides} role="img" aria-label={text.release.dividesNow} />
          ) : null}
        </button>
      ))}
    </fieldset>
  );
}

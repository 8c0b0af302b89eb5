'use client';

import { Ban, Info } from 'lucide-react';
import { useText } from '@/components/ui/text-provider';
import type { SplitRecord } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './traffic.module.css';
import type { DraftView } from './use-draft';

/** Who obeys the chosen mechanism, or why it cannot move this service here. */
export function MechanismNote({ split, view }: { split: SplitRecord; view: DraftView }) {
  const text = useText();
  const { mechanism } = view;
  const state = split.mechanisms.find((one) => one.mechanism === mechanism);
  const can = state?.can ?? false;
  const Icon = can ? Info : Ban;
  return (
    <p className={styles.note} data-can={can}>
      {state?.reason || !can ? <Icon size={14} aria-hidden="true" /> : null}
      <span>
        {can ? (
          text.release.lead(text.release.obeyedBy[mechanism])
        ) : (
          <b>{text.release.lead(text.release.cannotBy(mechanism))}</b>
        )}
        {state?.reason ? ` ${visibleLine(state.reason)}` : null}
      </span>
    </p>
  );
}

'use client';

import type { CSSProperties } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { FlapEvidence } from '@/lib/alerts/evidence';
import { flapSlots } from '@/lib/alerts/view/flap-slots';
import styles from './mini-strip.module.css';

/** The 20 slots of the scale that speaks loudest, as small as can be read: changed, calm, or not watched. */
export function MiniStrip({ evidence }: { evidence: FlapEvidence }) {
  const text = useText();
  const [first, ...rest] = evidence.scales;
  if (!first) return null;
  const scale = rest.reduce((loudest, one) => (one.leastScore > loudest.leastScore ? one : loudest), first);
  const slots = flapSlots(scale);
  const count = (state: string) => slots.filter((slot) => slot.state === state).length;
  const slotText = text.alerts.words.exact(scale.slotMs);
  return (
    <span
      className={styles.strip}
      role="img"
      data-paint
      aria-label={text.alerts.stripSays(slotText, count('changed'), count('unknown'), scale.leastScore)}
      title={text.alerts.stripSays(slotText, count('changed'), count('unknown'), scale.leastScore)}
    >
      {slots.map(({ fromMs, state, heightPercent }) => (
        <i key={fromMs} data-slot={state} style={{ height: `${heightPercent}%` } as CSSProperties} />
      ))}
    </span>
  );
}

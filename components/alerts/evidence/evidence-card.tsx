'use client';

import { type ReactNode, useId } from 'react';
import { useFreshness } from '@/components/live/use-freshness';
import { Card } from '@/components/ui/card';
import { FreshnessLabel } from '@/components/ui/freshness-label';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState } from '@/lib/fleet/model';
import styles from './evidence.module.css';

interface EvidenceCardProps {
  readonly title: string;
  readonly hint?: string | undefined;
  /** The datacenter that it is seen in; empty: it is Lictor's own. Absent: it says nothing of its age. */
  readonly dc?: string;
  readonly freshness?: FreshnessState;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of what an alert stands on: a title, what it means, and how old it is. */
export function EvidenceCard({ title, hint, dc, freshness = 'live', aside, children }: EvidenceCardProps) {
  const id = useId();
  return (
    <Card aria-labelledby={id} data-freshness={freshness}>
      <div className={styles.cardTitle}>
        <h2 id={id}>{title}</h2>
        {hint === undefined ? null : <span className={styles.hint}>{hint}</span>}
        <span className={styles.age}>{dc ? <Age dc={dc} /> : aside}</span>
      </div>
      {children}
    </Card>
  );
}

/** How old what is seen of a datacenter is. */
function Age({ dc }: { dc: string }) {
  const text = useText();
  const { state, lastContactMs } = useFreshness(dc);
  if (state === 'live' && lastContactMs !== null) return text.alerts.old(lastContactMs);
  return <FreshnessLabel state={state} ageMs={lastContactMs} />;
}

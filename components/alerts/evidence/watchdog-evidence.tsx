'use client';

import { useConnection } from '@/components/live/use-connection';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { EvidenceCard } from './evidence-card';
import { Figures } from './figures';

/** That it fires says that Lictor is heard: by this page so long ago. */
export function WatchdogEvidence() {
  const text = useText();
  const { phase, lastEventAtMs } = useConnection();
  const nowMs = useNow(1_000);
  const heard = lastEventAtMs === null ? text.alerts.never : text.alerts.ago(Math.max(0, nowMs - lastEventAtMs));
  return (
    <EvidenceCard title={text.alerts.evidence} freshness={phase === 'stale' ? 'stale' : 'live'}>
      <Figures figures={[{ value: heard, words: text.alerts.heard }]} />
    </EvidenceCard>
  );
}

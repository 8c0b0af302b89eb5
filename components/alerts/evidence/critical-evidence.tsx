'use client';

import { useMemo } from 'react';
import { useService } from '@/components/live/use-service';
import { useText } from '@/components/ui/text-provider';
import { EvidenceCard } from './evidence-card';
import type { EvidenceProps } from './evidence-props';
import { InstanceRows } from './instance-rows';
import { Pips } from './pips';

/** Which instances have been critical for longer than the rule allows, and what they are now. */
export function CriticalEvidence({ alert, evidence, freshness }: EvidenceProps<'critical'>) {
  const text = useText();
  const { dc, key } = alert.subject;
  const { body, goneSince } = useService(key);
  const now = useMemo(() => body && new Map(body.instances.map((one) => [one.key, one])), [body]);
  const { critical, all, instances, longerThanMs } = evidence;
  return (
    <EvidenceCard
      title={text.alerts.evidence}
      hint={`${text.counts.shareOf(critical, all, 'critical')}${text.comma}${text.alerts.longerThan(text.alerts.words.exact(longerThanMs))}`}
      dc={dc}
      freshness={freshness}
    >
      <Pips tone="critical" count={critical} all={all} />
      <InstanceRows
        dc={dc}
        freshness={freshness}
        untold={critical - instances.length}
        rows={instances.map((one) => ({ ...one, now: goneSince !== null ? null : now && (now.get(one.key) ?? null) }))}
      />
    </EvidenceCard>
  );
}

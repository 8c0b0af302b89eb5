'use client';

import { useText } from '@/components/ui/text-provider';
import { EvidenceCard } from './evidence-card';
import type { EvidenceProps } from './evidence-props';
import { Figures } from './figures';
import { LiveInstances } from './live-instances';
import { Pips } from './pips';

/** How many pass or warn, and how many the rule asks for. */
export function HealthyEvidence({ alert, evidence, freshness }: EvidenceProps<'few-healthy'>) {
  const text = useText();
  const { dc, key } = alert.subject;
  const { healthy, least, all } = evidence;
  return (
    <>
      <EvidenceCard title={text.alerts.evidence} dc={dc} freshness={freshness}>
        <Figures
          figures={[
            { value: text.number(healthy), words: text.alerts.healthy, isBad: true },
            { value: text.number(least), words: text.alerts.neededWord },
            { value: text.number(all), words: text.alerts.inAll },
          ]}
        />
        <Pips tone="passing" count={healthy} all={all} needed={least} />
      </EvidenceCard>
      <LiveInstances dc={dc} serviceKey={key} freshness={freshness} />
    </>
  );
}

'use client';

import { useText } from '@/components/ui/text-provider';
import { EvidenceCard } from './evidence-card';
import { FlapMembers } from './flap-members';
import type { FlapParts } from './flap-parts';
import { FlapStrip } from './flap-strip';
import { ScoreCard } from './score-card';

/** The slots at each width, the score that they make, and what it is that flaps. */
export function FlapMain(parts: FlapParts) {
  const text = useText();
  const { alert, evidence, flap, freshness } = parts;
  return (
    <>
      <EvidenceCard
        title={text.alerts.evidence}
        hint={text.alerts.evidenceHint}
        dc={alert.subject.dc}
        freshness={freshness}
      >
        {evidence.scales.map((scale) => (
          <FlapStrip key={scale.slotMs} scale={scale} atLeast={evidence.atLeast} />
        ))}
      </EvidenceCard>
      <ScoreCard evidence={evidence} flap={flap} freshness={freshness} firedAt={alert.firedAt} />
      <FlapMembers alert={alert} evidence={evidence} freshness={freshness} />
    </>
  );
}

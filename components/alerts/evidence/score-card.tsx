'use client';

import { useText } from '@/components/ui/text-provider';
import type { AlertBody } from '@/lib/alerts/alert-body';
import type { FlapEvidence } from '@/lib/alerts/evidence';
import { scoreLine } from '@/lib/alerts/view/score-points';
import type { FreshnessState } from '@/lib/fleet/model';
import { EvidenceCard } from './evidence-card';
import styles from './score.module.css';
import { ScorePlot } from './score-plot';

interface ScoreCardProps {
  readonly evidence: FlapEvidence;
  readonly flap: AlertBody['flap'] | undefined;
  readonly freshness: FreshnessState;
  readonly firedAt: string | null;
}

/** The score at each width of slots over as long as these reach back, with the lines at which it begins and ends. */
export function ScoreCard({ evidence, flap, freshness, firedAt }: ScoreCardProps) {
  const text = useText();
  const lines = evidence.scales.flatMap((scale) => {
    const scores = flap?.scores.find(({ slotMs }) => slotMs === scale.slotMs);
    const line = scores ? scoreLine(scale, scores) : null;
    return line ? [{ scale, line }] : [];
  });
  const [worst] = evidence.members;
  const aside = worst && evidence.members.length > 1 ? text.alerts.worstMember(worst.name) : text.alerts.scoreHint;
  return (
    <EvidenceCard title={text.alerts.scoreTitle} freshness={freshness} aside={aside}>
      {lines.length === 0 ? (
        <p className={styles.none}>{flap === null ? text.alerts.scoresOver : text.alerts.noScores}</p>
      ) : (
        <div className={styles.plots}>
          {lines.map(({ scale, line }) => (
            <ScorePlot key={scale.slotMs} scale={scale} line={line} firedAt={firedAt} />
          ))}
        </div>
      )}
    </EvidenceCard>
  );
}

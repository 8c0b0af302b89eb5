'use client';

import { memo } from 'react';
import { useText } from '@/components/ui/text-provider';
import { edgePath, pointOf } from '@/lib/topology/view/edge-path';
import type { EdgeSummary } from '@/lib/topology/view/edge-summary';
import type { Strand } from '@/lib/topology/view/split-strands';
import { EdgePill } from './edge-pill';
import type { EdgeProps } from './edge-props';
import styles from './graph-edge.module.css';
import { useEdgeLook } from './use-edge-look';

/** Labels of strands stand further apart than the strands. */
const APART = 2.4;

/** What an edge says of itself, over all lines. */
export const EdgeLabel = memo(function EdgeLabel(props: EdgeProps) {
  const { fromX, fromY, toX, toY, labelAt } = props;
  const words = useText().topologyGraph;
  const { summary, mark, hasRoom, strands } = useEdgeLook(props);
  const from = { x: fromX, y: fromY };
  const to = { x: toX, y: toY };
  const label = strands.length > 0 ? null : labelOf(summary, words, hasRoom, mark !== undefined);
  if (label === null && strands.length === 0) return null;
  return (
    <g
      className={styles.label}
      data-mark={mark}
      data-standby={(summary.order !== null && !summary.isObserved) || undefined}
    >
      {label === null ? null : <EdgePill at={pointOf(edgePath(from, to), labelAt)} text={label} tone={summary.tone} />}
      {strands.map((strand) => (
        <EdgePill
          key={strand.version}
          at={pointOf(edgePath(from, to, strand.aside * APART), labelAt)}
          text={strandText(strand, summary, words)}
          tone={strand.tone === 0 ? summary.tone : `version-${strand.tone}`}
        />
      ))}
    </g>
  );
});

interface Words {
  readonly failing: (ratio: number) => string;
  readonly denied: string;
  readonly share: (percent: number) => string;
  readonly order: (order: number) => string;
  readonly mark: Readonly<Record<'undeclared' | 'unseen', string>>;
  readonly rate: (perSecond: number) => string;
}

/** The one thing that an edge says of itself, what is not well first; to who looks at it also that what is declared and what is seen differ. */
function labelOf(summary: EdgeSummary, words: Words, hasRoom: boolean, isLookedAt: boolean): string | null {
  const { mark } = summary;
  const says = saysOf(summary, words, hasRoom, isLookedAt);
  if (mark === null || !isLookedAt) return says;
  return says === null ? words.mark[mark] : `${says} · ${words.mark[mark]}`;
}

function saysOf(summary: EdgeSummary, words: Words, hasRoom: boolean, isLookedAt: boolean): string | null {
  const { tone, errorRatio, share, order, ratePerSecond } = summary;
  if (tone === 'denied') return hasRoom ? words.denied : null;
  if (tone !== 'quiet' && errorRatio !== null) return words.failing(errorRatio);
  if (!hasRoom) return null;
  if (share !== null) return words.share(share);
  if (ratePerSecond !== null && ratePerSecond > 0) return words.rate(ratePerSecond);
  return order === null || !isLookedAt ? null : words.order(order);
}

/** The first strand says as well what is wrong with them all. */
function strandText({ share, tone }: Strand, { tone: health, errorRatio }: EdgeSummary, words: Words): string {
  const isFirst = tone === 0 && health !== 'quiet' && errorRatio !== null;
  return isFirst ? `${words.share(share)} · ${words.failing(errorRatio)}` : words.share(share);
}

'use client';

import { Undo2 } from 'lucide-react';
import { useNow } from '@/components/live/use-now';
import { Moment } from '@/components/observed/since';
import buttons from '@/components/ui/button.module.css';
import { Card, CardTitle } from '@/components/ui/card';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { FreshnessState } from '@/lib/fleet/model';
import type { SplitRecord } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import { Fact } from './fact';
import styles from './preview.module.css';
import { sharesText } from './shares-text';
import type { DraftView } from './use-draft';
import type { Planning } from './use-plan';

interface StandingCardProps {
  readonly split: SplitRecord;
  readonly view: DraftView;
  readonly freshness: FreshnessState;
  readonly planning: Planning;
  readonly closed: string | null;
}

/** What divides the traffic now, who wrote it last through Lictor, and the way back from that. */
export function StandingCard({ split, view, freshness, planning, closed }: StandingCardProps) {
  const text = useText();
  const { release } = text;
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const state = split.mechanisms.find(({ mechanism }) => mechanism === split.mechanism);
  const { wished } = split;
  const order = view.order;
  return (
    <Card aria-labelledby="standing" data-freshness={freshness}>
      <CardTitle id="standing">{release.standing}</CardTitle>
      <dl className={styles.facts}>
        <Fact name={release.standingDivided}>
          {split.mechanism === null ? (
            release.standingNothing
          ) : (
            <>
              <b>{release.mechanism[split.mechanism]}</b>
              {text.comma}
              {release.mechanismIs[split.mechanism]}
            </>
          )}
        </Fact>
        {split.declared ? (
          <Fact name={release.standingShares}>{sharesText(release.shares, split.declared, order)}</Fact>
        ) : null}
        {state?.source ? (
          <Fact name={release.standingSource}>
            <code>{visibleLine(state.source)}</code>
          </Fact>
        ) : null}
        {split.index === null ? null : <Fact name={release.standingIndex}>{release.index(split.index)}</Fact>}
        {split.declaredSince === null ? null : (
          <Fact name={release.standingSince}>
            <Moment iso={split.declaredSince} />
          </Fact>
        )}
        {wished ? (
          <Fact name={release.standingWish}>
            {release.standingBy(
              split.wish ? sharesText(release.shares, split.wish, order) : release.mechanism[wished.mechanism],
              visibleLine(wished.by),
              clock.moment(Date.parse(wished.at), nowMs),
            )}
          </Fact>
        ) : null}
        <Fact name={release.standingRoutes}>
          {split.routes.length === 0
            ? release.nothing
            : split.routes.map((route) => (
                <code key={JSON.stringify(route)}>
                  {`${visibleLine(route.header)}: ${visibleLine(route.value)} → ${visibleLine(route.version)}`}
                </code>
              ))}
        </Fact>
        <Fact name={release.standingFailover}>
          {split.failover.length === 0 ? release.nothing : split.failover.map(visibleLine).join(' → ')}
        </Fact>
      </dl>
      {wished ? (
        <div className={styles.foot}>
          <p>{release.undoHint}</p>
          <button
            type="button"
            className={buttons.quiet}
            disabled={closed !== null || planning.isPreviewing || planning.isWriting}
            onClick={() => planning.preview('undo')}
          >
            <Undo2 size={14} aria-hidden="true" />
            {release.undo}
          </button>
        </div>
      ) : null}
    </Card>
  );
}

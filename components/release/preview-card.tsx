'use client';

import { X } from 'lucide-react';
import { useId, useState } from 'react';
import buttons from '@/components/ui/button.module.css';
import { Card, CardTitle } from '@/components/ui/card';
import { useText } from '@/components/ui/text-provider';
import { moveToType } from '@/lib/release/slider/large-move';
import { countedText, typedShare } from '@/lib/release/slider/share-text';
import type { SplitRecord } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import { Fact } from './fact';
import styles from './preview.module.css';
import { sharesText } from './shares-text';
import { TypedMoveField } from './typed-move-field';
import { useBroughtInSight } from './use-brought-in-sight';
import type { DraftView } from './use-draft';
import { hasMoved, type Plan, type Planning } from './use-plan';
import { WarningList } from './warning-list';
import { WriteList } from './write-list';

interface PreviewCardProps {
  readonly split: SplitRecord;
  readonly view: DraftView;
  readonly plan: Plan;
  readonly planning: Planning;
  readonly closed: string | null;
  readonly close: () => void;
}

/** Exactly what would be written, under which condition, what it comes to, and what to know before. */
export function PreviewCard({ split, view, plan, planning, closed, close }: PreviewCardProps) {
  const text = useText();
  const { release } = text;
  const { preview, kind } = plan;
  const [typed, type] = useState('');
  const hint = useId();
  const card = useBroughtInSight<HTMLElement>();
  const move = moveToType(view.present, preview.declares, view.order, preview.warnings);
  const isTyped = move === null || typedShare(typed) === move.to;
  const moved = hasMoved(plan, split);
  const count = preview.writes.length;
  const index = split.mechanisms.find(({ mechanism }) => mechanism === preview.mechanism)?.index ?? null;
  return (
    <Card ref={card} tabIndex={-1} aria-labelledby="preview" className={styles.preview}>
      <CardTitle id="preview" count={release.writes(count)} aside={release.nothingWritten}>
        {release.previewTitle}
      </CardTitle>
      <dl className={styles.facts}>
        <Fact name={release.by}>
          <b>{release.mechanism[preview.mechanism]}</b>
          {text.comma}
          {release.previewOf[kind]}
        </Fact>
        <Fact name={release.willDeclare}>
          {preview.declares === null ? (
            release.declaresNothing
          ) : (
            <>
              <b>{sharesText(release.shares, preview.declares, view.order)}</b>
              <small>
                {preview.roundingError > 0 ? release.rounded(roundingText(preview.roundingError)) : release.exact}
              </small>
            </>
          )}
        </Fact>
        <Fact name={release.onlyIf}>
          {index === null ? release.onlyIfNothing : release.onlyIfIndex(release.index(index))}
        </Fact>
      </dl>
      <WarningList warnings={preview.warnings} />
      {count === 0 ? <p className={styles.none}>{release.noWrites}</p> : null}
      <WriteList writes={preview.writes} />
      <div className={styles.decide}>
        {moved ? (
          <p className={styles.moved} role="status">
            {release.moved}
          </p>
        ) : null}
        {move && count > 0 ? <TypedMoveField move={move} typed={typed} type={type} /> : null}
        <div className={styles.foot}>
          <button type="button" className={buttons.plain} onClick={close}>
            <X size={14} aria-hidden="true" />
            {release.close}
          </button>
          {moved ? (
            <button type="button" className={buttons.primary} onClick={() => planning.preview(kind, plan.wish)}>
              {release.again}
            </button>
          ) : (
            <button
              type="button"
              className={buttons.primary}
              data-danger={move?.why === 'danger' || undefined}
              aria-describedby={closed === null ? undefined : hint}
              disabled={!isTyped || closed !== null || planning.isWriting}
              onClick={() => planning.write(plan)}
            >
              {planning.isWriting ? release.writing : count === 0 ? release.keep : release.write(count)}
            </button>
          )}
        </div>
        {closed === null ? null : (
          <p id={hint} className={styles.closed}>
            {release.lead(release.closed)} {visibleLine(closed)}
          </p>
        )}
      </div>
    </Card>
  );
}

/** Points to the tenth; less than that is still said to be something. */
const roundingText = (points: number): string => (points < 0.05 ? '< 0.1' : countedText(points).replace(' %', ''));

'use client';

import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import { samplingError } from '@/lib/release/slider/sampling-error';
import { countedText } from '@/lib/release/slider/share-text';
import { SNAP_MARKS } from '@/lib/release/slider/slider-step';
import type { SplitRecord } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './bar.module.css';
import { ShareRow } from './share-row';
import type { DraftView } from './use-draft';

interface ShareRowsProps {
  readonly split: SplitRecord;
  readonly view: DraftView;
}

/** What is set here, what Consul declares, and what is seen of real traffic: three facts, each with its source, on the scale of the bar. */
export function ShareRows({ split, view }: ShareRowsProps) {
  const { release } = useText();
  const declared = useDeclaredWords(split, view);
  const observed = useObserved(split, view);
  return (
    <div className={styles.rows}>
      <ShareRow
        kind="wish"
        label={release.wish}
        order={view.order}
        shares={view.moved ? view.shown : null}
        words={view.moved ? release.wishWords : release.noWish}
      />
      <ShareRow kind="declared" label={release.declared} order={view.order} shares={view.declared} words={declared} />
      <ShareRow kind="observed" label={release.observed} order={view.order} {...observed} />
      <div className={styles.scale} aria-hidden="true">
        {SNAP_MARKS.map((mark) => (
          <span key={mark} data-mark={mark} style={{ left: `${mark}%` }}>
            {mark === 100 ? '100 %' : mark}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Where it is declared, at which index and since when; or what holds where nothing is. */
function useDeclaredWords(split: SplitRecord, { mechanism, declared }: DraftView): string {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  if (declared === null) {
    return split.declared === null ? text.release.declaredByInstances : text.release.declaredBy(mechanism);
  }
  const state = split.mechanisms.find((one) => one.mechanism === mechanism);
  const isSince = split.mechanism === mechanism && split.declaredSince !== null;
  const since = isSince ? text.time.since(clock.moment(Date.parse(split.declaredSince ?? ''), nowMs)) : null;
  const index = state?.index ?? null;
  const source = visibleLine(state?.source ?? text.release.sourceOf[mechanism]);
  return text.release.declaredWords(source, index === null ? null : text.release.index(index), since);
}

/** What was seen, with its sampling error and age; or the reason why nothing was. */
function useObserved({ observation }: SplitRecord, { order }: DraftView) {
  const { release } = useText();
  const nowMs = useNow(1_000);
  if (observation.state === 'not-observed') {
    return { shares: null, words: `${release.notObserved}: ${visibleLine(observation.reason)}`, missing: true };
  }
  const { shares, requests, windowMs, source, at } = observation;
  const all = order.reduce((sum, version) => sum + shareOf(requests, version), 0);
  // Of the first two versions, between which the first mark stands: on that of several others it would say the same within a tenth.
  const error = samplingError(shareOf(shares, order[0] ?? ''), all);
  const ageMs = Math.max(0, nowMs - Date.parse(at));
  const spread = error === null ? null : countedText(error);
  return {
    shares,
    error,
    counted: true,
    words: release.observedWords(spread, all, windowMs, visibleLine(source), ageMs),
  };
}

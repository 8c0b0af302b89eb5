'use client';

import { type CSSProperties, Fragment, useRef } from 'react';
import { useText } from '@/components/ui/text-provider';
import { useWidth } from '@/components/ui/use-width';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import { handlesOf } from '@/lib/release/slider/bar-handles';
import { countedText, shareNumber, shareText } from '@/lib/release/slider/share-text';
import { wordsSide } from '@/lib/release/slider/words-side';
import type { Shares } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './bar.module.css';

interface ShareRowProps {
  readonly kind: 'wish' | 'declared' | 'observed';
  readonly label: string;
  readonly order: readonly string[];
  /** Null: there are none. */
  readonly shares: Shares | null;
  /** Where they are from, or why there are none. */
  readonly words: string;
  /** Half the width of their error, percentage points. */
  readonly error?: number | null;
  /** They were counted, and are known to a tenth at best. */
  readonly counted?: boolean;
  /** They should be there and are not. */
  readonly missing?: boolean;
}

/** Whiskers reach beyond the shape of their mark. */
const LEAST_WHISKER_PX = 11;

/** One fact on the scale of the bar: a mark where each handle would stand, in a shape of its own. */
export function ShareRow({ kind, label, order, shares, words, error, counted, missing }: ShareRowProps) {
  const { release } = useText();
  const track = useRef<HTMLDivElement | null>(null);
  const trackPx = useWidth(track);
  const marks = shares === null ? [] : handlesOf(shares, order);
  const last = marks.at(-1);
  const spread = error ? Math.max(error, trackPx === 0 ? 0 : (100 * LEAST_WHISKER_PX) / trackPx) : 0;
  const [one, more] = marks;
  const side = one && !more ? wordsSide(words, { at: one.at, spread }, trackPx) : 'below';
  return (
    <div className={styles.row} data-kind={kind} data-missing={missing || undefined}>
      <span className={styles.label}>{label}</span>
      <b className={styles.value} title={shares ? release.shares(named(shares, order)) : undefined}>
        {shares ? valueText(shares, order, counted ?? false) : '–'}
      </b>
      <div ref={track} className={styles.track}>
        {last ? <i className={styles.stem} style={{ width: `${last.at}%` }} data-paint /> : null}
        {marks.map(({ left, at }) => (
          <Fragment key={left}>
            {error ? <i className={styles.error} style={between(at - spread, at + spread)} data-paint /> : null}
            <span className={styles.mark} style={{ left: `${at}%` }} data-paint>
              <Shape kind={kind} />
            </span>
          </Fragment>
        ))}
        <span
          className={styles.words}
          data-side={marks.length === 0 ? 'alone' : side}
          style={one ? wordsPlace(side, one.at, spread) : {}}
          title={words}
        >
          {words}
        </span>
      </div>
    </div>
  );
}

/** A stretch of the track, cut at its ends. */
function between(from: number, to: number): CSSProperties {
  const [left, right] = [Math.max(0, from), Math.min(100, to)];
  return { left: `${left}%`, width: `${right - left}%` };
}

function wordsPlace(side: ReturnType<typeof wordsSide>, at: number, spread: number): CSSProperties {
  if (side === 'after') return { left: `${Math.min(100, at + spread)}%` };
  return side === 'before' ? { right: `${Math.min(100, 100 - at + spread)}%` } : {};
}

const named = (shares: Shares, order: readonly string[]) =>
  order.map((version) => [visibleLine(version), shareOf(shares, version)] as const);

/** Of two versions the share of the first; of more each, in the order of the bar. */
function valueText(shares: Shares, order: readonly string[], counted: boolean): string {
  const percents = (order.length > 2 ? order : order.slice(0, 1)).map((version) => shareOf(shares, version));
  if (percents.length === 1) return (counted ? countedText : shareText)(percents[0] ?? 0);
  return `${percents.map((percent) => (counted ? Math.round(percent * 10) / 10 : shareNumber(percent))).join(' / ')} %`;
}

/** A diamond is wished, a square declared, a circle observed. Drawn on a 14 × 14 field. */
function Shape({ kind }: { kind: ShareRowProps['kind'] }) {
  return (
    <svg className={styles.shape} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {kind === 'wish' ? <path d="M7 1.5 12.5 7 7 12.5 1.5 7Z" /> : null}
      {kind === 'declared' ? <rect x="2.5" y="2.5" width="9" height="9" rx="1" /> : null}
      {kind === 'observed' ? <circle cx="7" cy="7" r="4" /> : null}
    </svg>
  );
}

'use client';

import { useText } from '@/components/ui/text-provider';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import { handlesOf } from '@/lib/release/slider/bar-handles';
import { countedText, shareNumber, shareText } from '@/lib/release/slider/share-text';
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

/** One fact on the scale of the bar: a mark where each handle would stand, in a shape of its own. */
export function ShareRow({ kind, label, order, shares, words, error, counted, missing }: ShareRowProps) {
  const { release } = useText();
  const marks = shares === null ? [] : handlesOf(shares, order);
  const [first] = marks;
  const last = marks.at(-1);
  const side = marks.length === 1 && first ? (first.at <= 50 ? 'after' : 'before') : 'below';
  // Beyond the whiskers of the mark.
  const spread = error ?? 0;
  const place =
    side === 'after'
      ? { left: `${(first?.at ?? 0) + spread}%` }
      : side === 'before'
        ? { right: `${100 - (first?.at ?? 0) + spread}%`, maxWidth: `${Math.max(0, (first?.at ?? 0) - spread)}%` }
        : {};
  return (
    <div className={styles.row} data-kind={kind} data-missing={missing || undefined}>
      <span className={styles.label}>{label}</span>
      <b className={styles.value} title={shares ? release.shares(named(shares, order)) : undefined}>
        {shares ? valueText(shares, order, counted ?? false) : '–'}
      </b>
      <div className={styles.track}>
        {last ? <i className={styles.stem} style={{ width: `${last.at}%` }} data-paint /> : null}
        {marks.map(({ left, at }) => (
          <span key={left} className={styles.mark} style={{ left: `${at}%` }} data-paint>
            {error ? <i className={styles.error} style={{ width: `calc(${error * 2} * var(--percent))` }} /> : null}
            <Shape kind={kind} />
          </span>
        ))}
        <span className={styles.words} data-side={marks.length === 0 ? 'alone' : side} style={place} title={words}>
          {words}
        </span>
      </div>
    </div>
  );
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

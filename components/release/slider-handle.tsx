'use client';

import type { KeyboardEvent } from 'react';
import { useText } from '@/components/ui/text-provider';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import type { BarHandle } from '@/lib/release/slider/bar-handles';
import { keyTarget } from '@/lib/release/slider/slider-step';
import type { Shares } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './bar.module.css';

interface SliderHandleProps {
  readonly handle: BarHandle;
  readonly order: readonly string[];
  readonly shown: Shares;
  /** To a place on the bar, percent from its left. */
  readonly move: (percent: number) => void;
  /** Puts back what was before a drag that is under way; false: none is. */
  readonly cancel: () => boolean;
}

/** A handle between two versions. Its value is the share of the version on its left, out of what both have. */
export function SliderHandle({ handle, order, shown, move, cancel }: SliderHandleProps) {
  const text = useText();
  const { index, left, right, at, least, most } = handle;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = keyTarget(event.key, event.shiftKey, at, handle);
    if (target !== null) move(target);
    else if (event.key !== 'Escape' || !cancel()) return;
    event.preventDefault();
  };
  const round = (percent: number) => Math.round(percent * 100) / 100;
  return (
    <div
      className={styles.handle}
      // Of handles on one place that one lies on top which still has room.
      style={{ left: `${at}%`, zIndex: at > 50 ? order.length - index : index + 1 }}
      role="slider"
      tabIndex={0}
      data-handle={index}
      aria-orientation="horizontal"
      aria-label={text.release.handle(visibleLine(left), visibleLine(right))}
      aria-valuemin={0}
      aria-valuemax={round(most - least)}
      aria-valuenow={round(at - least)}
      aria-valuetext={text.release.shares(order.map((version) => [visibleLine(version), shareOf(shown, version)]))}
      onKeyDown={onKeyDown}
    >
      <i />
    </div>
  );
}

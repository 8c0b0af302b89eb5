'use client';

import { useRef } from 'react';
import { useText } from '@/components/ui/text-provider';
import { moveHandle } from '@/lib/release/shares/set-share';
import { handlesOf } from '@/lib/release/slider/bar-handles';
import styles from './bar.module.css';
import { SliderHandle } from './slider-handle';
import type { DraftView } from './use-draft';
import { useDrag } from './use-drag';
import { versionTone } from './version-tone';

/** The versions side by side, as long as their shares, and a handle between each two. What differs from what stands is hatched. Nothing is written here. */
export function SliderBar({ view }: { view: DraftView }) {
  const text = useText();
  const { order, shown, present, change } = view;
  const bar = useRef<HTMLDivElement | null>(null);
  const handles = handlesOf(shown, order);
  const standing = handlesOf(present, order);
  const ends = [...handles.map(({ at }) => at), 100];
  const drag = useDrag({ bar, handles, view });
  return (
    <div className={styles.row}>
      <span className={styles.label}>{text.release.split}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a bar. */}
      <div
        ref={bar}
        className={styles.bar}
        role="group"
        aria-label={text.release.bar}
        data-dragging={drag.isDragging || undefined}
        {...drag.handlers}
      >
        <div className={styles.fill}>
          {order.map((version, index) => {
            const left = ends[index - 1] ?? 0;
            const style = {
              ...versionTone(index, order.length),
              left: `${left}%`,
              width: `${(ends[index] ?? 100) - left}%`,
            };
            return <i key={version} className={styles.segment} style={style} data-paint />;
          })}
          {handles.map(({ index, at, left }) => {
            const was = standing[index]?.at ?? at;
            const style = { left: `${Math.min(at, was)}%`, width: `${Math.abs(at - was)}%` };
            return at === was ? null : <i key={left} className={styles.difference} style={style} />;
          })}
        </div>
        {handles.map((handle) => (
          <SliderHandle
            key={handle.left}
            handle={handle}
            order={order}
            shown={shown}
            move={(percent) => change({ shares: moveHandle(shown, order, handle.index, percent) })}
            cancel={drag.cancel}
          />
        ))}
      </div>
    </div>
  );
}

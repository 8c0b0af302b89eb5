'use client';

import { useNow } from '@/components/live/use-now';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './gone-notice.module.css';

/** Says that what is shown is no longer there. */
export function GoneNotice({ name, since, hint }: { name: string; since: string; hint: string }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  return (
    <div className={styles.gone}>
      <Notice title={text.subject.gone(visibleLine(name), clock.moment(Date.parse(since), nowMs))}>{hint}</Notice>
    </div>
  );
}

'use client';

import Link from 'next/link';
import { memo } from 'react';
import hidden from '@/components/ui/hidden.module.css';
import { instanceHref, nodeHref, serviceHref } from '@/components/ui/links';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { ruleOfAlert } from '@/lib/alerts/alert-id';
import type { TransitionItem } from '@/lib/history/transition-item';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './panel.module.css';
import { TransitionStep } from './transition-step';
import { nameOfTransition, otherOfTransition, statusOf } from './transition-words';

/** One transition: when, of what, from what to what, and how surely. `later` than the moment that is shown. */
export const TransitionRow = memo(function TransitionRow({ item, later }: { item: TransitionItem; later: boolean }) {
  const text = useText();
  const clock = useClockText();
  const atMs = Date.parse(item.observedAt);
  const { dc, name, id } = nameOfTransition(item);
  const href = hrefOf(item, name, id);
  // Of before the record nothing is known, not even since when it was unwatched.
  const unwatchedWords = (fromMs: number) =>
    fromMs <= 0
      ? text.timeline.panel.sinceRecorded
      : text.timeline.panel.unwatched(clock.moment(fromMs, atMs), clock.moment(atMs, atMs));
  const title = <bdi className={styles.name}>{visibleLine([dc, name].filter(Boolean).join('/'))}</bdi>;
  return (
    <li
      className={styles.row}
      data-key={item.subject}
      data-status={statusOf(item.to) ?? undefined}
      data-kind={item.kind}
      data-later={later || undefined}
    >
      <time dateTime={item.observedAt} title={clock.utc(atMs)}>
        {clock.timeOfDay(atMs)}
      </time>
      <div className={styles.what}>
        {href === null ? (
          title
        ) : (
          <Link prefetch={false} href={href} className={styles.link}>
            {title}
          </Link>
        )}
        <span className={styles.detail}>
          <Detail item={item} id={id} />
        </span>
      </div>
      <div className={styles.step}>
        <TransitionStep item={item} />
        {item.merged ? (
          <abbr className={styles.merged} title={text.timeline.panel.mergedWhy}>
            ≥ 2
          </abbr>
        ) : null}
      </div>
      {item.unwatchedFrom === null ? null : (
        <span className={styles.unwatched}>
          <StatusIcon status="unknown" size={12} />
          {unwatchedWords(Date.parse(item.unwatchedFrom))}
        </span>
      )}
    </li>
  );
});

function Detail({ item, id }: { item: TransitionItem; id: string | null }) {
  const text = useText();
  const other = otherOfTransition(item);
  const isGone = item.kind === 'edge' && item.to === null;
  const parts = [
    ...(item.kind === 'check' && item.item !== null ? [visibleLine(item.item)] : [text.timeline.panel.kind[item.kind]]),
    ...(item.kind === 'alert' && item.item !== null ? [visibleLine(ruleOfAlert(item.item))] : []),
    ...(other === null ? [] : [visibleLine(`→ ${other}`)]),
    ...(isGone ? [text.timeline.panel.removed] : []),
    ...(id === null ? [text.timeline.panel.subject[item.subjectKind]] : [visibleLine(id)]),
  ];
  return (
    <>
      {item.kind === 'check' ? <span className={hidden.hidden}>{text.timeline.panel.kind.check} </span> : null}
      {parts.join(' · ')}
    </>
  );
}

function hrefOf({ subjectKind, subject, dc, node }: TransitionItem, name: string, id: string | null): string | null {
  if (subjectKind === 'service') return serviceHref(dc, name);
  if (subjectKind === 'node') return nodeHref(dc, name);
  if (subjectKind === 'instance' && node !== null && id !== null && subject !== '') return instanceHref(dc, node, id);
  return null;
}

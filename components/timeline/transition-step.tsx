'use client';

import { ArrowRight } from 'lucide-react';
import hidden from '@/components/ui/hidden.module.css';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { Status } from '@/lib/fleet/model';
import type { TransitionKind } from '@/lib/history/transition';
import type { TransitionItem } from '@/lib/history/transition-item';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './panel.module.css';
import { stepOfTransition } from './transition-words';

const LONGEST = 18;

/** From what to what, as shapes and words. */
export function TransitionStep({ item }: { item: TransitionItem }) {
  const text = useText();
  const step = stepOfTransition(item);
  const known: Partial<Record<TransitionKind, Readonly<Record<string, string>>>> = {
    freshness: text.freshness.state,
    alert: text.alerts.state,
  };
  const wordOf = ({ kind }: TransitionItem, word: string | null) =>
    word === null ? null : (known[kind]?.[word] ?? word);
  if (step.as === 'status') {
    return (
      <span className={styles.change}>
        <Was status={step.from} />
        <ArrowRight size={12} aria-hidden="true" />
        {step.to === null ? (
          <span className={styles.word}>{text.timeline.panel.removed}</span>
        ) : (
          <>
            <StatusIcon status={step.to} size={12} />
            <span className={styles.word}>{text.status[step.to]}</span>
          </>
        )}
      </span>
    );
  }
  if (step.as === 'words') {
    return (
      <span className={styles.change} title={visibleLine(`${step.from ?? ''} → ${step.to ?? ''}`)}>
        <ArrowRight size={12} aria-hidden="true" />
        <bdi>{cut(wordOf(item, step.to) ?? text.timeline.panel.nothing)}</bdi>
      </span>
    );
  }
  return null;
}

function Was({ status }: { status: Status | null }) {
  const text = useText();
  if (status === null) return <span className={hidden.hidden}>{text.timeline.panel.added}</span>;
  return (
    <>
      <StatusIcon status={status} size={12} />
      <span className={hidden.hidden}>{text.status[status]}</span>
    </>
  );
}

function cut(words: string): string {
  const line = visibleLine(words);
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

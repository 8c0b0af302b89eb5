'use client';

import { type CSSProperties, useEffect, useRef } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { Candidate } from '@/lib/filter/candidate';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './candidate-list.module.css';
import { useCandidateText } from './use-candidate-text';
import type { Candidates } from './use-candidates';

interface CandidateListProps {
  readonly id: string;
  readonly optionId: (index: number) => string;
  readonly candidates: Candidates;
  readonly take: (candidate: Candidate) => void;
}

/** What could stand at the caret, each with what it means or how many have it. The input keeps the focus. */
export function CandidateList({ id, optionId, candidates: { listed, active, choose }, take }: CandidateListProps) {
  const text = useText();
  const meaning = useCandidateText();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[aria-selected="true"]`)?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <div
      className={styles.popup}
      style={{ '--columns': listed[0]?.start ?? 0 } as CSSProperties}
      hidden={listed.length === 0}
    >
      <div ref={list} id={id} className={styles.list} role="listbox" aria-label={text.filter.candidates}>
        {listed.map((candidate, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the focus, and takes what is chosen by Enter and Tab.
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <div
            key={`${candidate.kind} ${candidate.label}`}
            id={optionId(index)}
            className={styles.option}
            role="option"
            aria-selected={index === active}
            onPointerMove={() => choose(index)}
            // Before the click the input would lose the focus, and the list would be gone.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(candidate)}
          >
            <bdi className={styles.label}>{visibleLine(candidate.label)}</bdi>
            <span className={styles.meaning}>{meaning(candidate)}</span>
            {candidate.count === null ? null : <span className={styles.count}>{text.number(candidate.count)}</span>}
          </div>
        ))}
      </div>
      <p className={styles.keys} aria-hidden="true">
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd> {text.filter.keys.choose}
        </span>
        <span>
          <kbd>Tab</kbd> {text.filter.keys.take}
        </span>
        <span>
          <kbd>Esc</kbd> {text.filter.keys.close}
        </span>
      </p>
    </div>
  );
}

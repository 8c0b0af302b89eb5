'use client';

import { useId } from 'react';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './silence-form.module.css';
import type { Previewed } from './use-silence-preview';

interface SilenceMatchesProps {
  readonly previewed: Previewed;
  readonly matchesAll: boolean;
  readonly typed: string;
  readonly type: (text: string) => void;
}

/** What a silence would hold for. One that holds for everything is made by whoever types so: a slip of the hand is not. */
export function SilenceMatches({ previewed, matchesAll, typed, type }: SilenceMatchesProps) {
  const text = useText();
  const id = useId();
  const { preview, problem, asking } = previewed;
  return (
    <>
      <p className={styles.hint} role="status" data-matches={preview?.matches.length}>
        {preview ? matchesText(preview.matches.length, preview.lately, text.silences) : null}
        {asking ? text.silences.asking : null}
        {problem && !problem.isClosed ? visibleLine(problem.message) : null}
      </p>
      {matchesAll ? (
        <div className={styles.all}>
          <p>
            <b>{text.silences.matchesAll}</b>
          </p>
          <label htmlFor={id}>{text.silences.typeAll(text.silences.all)}</label>
          <input
            id={id}
            className={styles.input}
            type="text"
            value={typed}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => type(event.target.value)}
          />
        </div>
      ) : null}
    </>
  );
}

interface MatchesWords {
  readonly matches: (now: number, lately: number) => string;
  readonly matchesNothing: (lately: number) => string;
}

const matchesText = (now: number, lately: number, words: MatchesWords): string =>
  now === 0 ? words.matchesNothing(lately) : words.matches(now, lately);

'use client';

import { type KeyboardEvent, useState } from 'react';
import { useText } from '@/components/ui/text-provider';
import { shareNumber, typedShare } from '@/lib/release/slider/share-text';
import styles from './labels.module.css';

interface ShareInputProps {
  readonly label: string;
  readonly percent: number;
  readonly set: (percent: number) => void;
}

/** A share as a number. What is typed is taken as soon as it is a share; until then the bar stays where it is. */
export function ShareInput({ label, percent, set }: ShareInputProps) {
  const text = useText();
  const [typed, type] = useState<string | null>(null);
  const isWrong = typed !== null && typedShare(typed) === null;
  const take = (value: string) => {
    type(value);
    const share = typedShare(value);
    if (share !== null) set(share);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === 'Enter' || event.key === 'Escape') type(null);
    if (step === undefined) return;
    event.preventDefault();
    type(null);
    set(Math.round((percent + step * (event.shiftKey ? 0.1 : 1)) * 100) / 100);
  };
  return (
    <label className={styles.input}>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={isWrong || undefined}
        title={isWrong ? text.release.shareWrong : label}
        style={{ width: `${Math.max(2, (typed ?? shareNumber(percent)).length)}.2ch` }}
        maxLength={8}
        value={typed ?? shareNumber(percent)}
        onChange={(event) => take(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => type(null)}
        onKeyDown={onKeyDown}
      />
      <span aria-hidden="true">%</span>
    </label>
  );
}

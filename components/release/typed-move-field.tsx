'use client';

import { useText } from '@/components/ui/text-provider';
import type { TypedMove } from '@/lib/release/slider/large-move';
import { shareNumber, shareText } from '@/lib/release/slider/share-text';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './preview.module.css';

interface TypedMoveFieldProps {
  readonly move: TypedMove;
  readonly typed: string;
  readonly type: (text: string) => void;
}

/** A large move, or a dangerous one, is written by whoever types its share: a slip of the hand is not. */
export function TypedMoveField({ move, typed, type }: TypedMoveFieldProps) {
  const { release } = useText();
  const version = visibleLine(move.version);
  const [from, to, digits] = [shareText(move.from), shareText(move.to), shareNumber(move.to)];
  return (
    <label className={styles.typed} data-why={move.why}>
      <span>
        {move.why === 'large'
          ? release.typeIt.large(version, from, to, digits)
          : release.typeIt.danger(version, to, digits)}
      </span>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={release.typed(version)}
        size={6}
        maxLength={8}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
    </label>
  );
}

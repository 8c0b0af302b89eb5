'use client';

import { ArrowDown, ArrowUp, X } from 'lucide-react';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';

interface OrderButtonsProps {
  readonly what: string;
  readonly removes: string;
  readonly at: number;
  readonly count: number;
  readonly move: (to: number) => void;
  readonly remove: () => void;
}

/** Moves an item of an ordered list, or takes it away. At an end of the list the button has nothing to do, and stays: it may have the focus. */
export function OrderButtons({ what, removes, at, count, move, remove }: OrderButtonsProps) {
  const { release } = useText();
  return (
    <>
      <button
        type="button"
        className={buttons.icon}
        data-way="up"
        aria-label={release.up(what)}
        aria-disabled={at === 0}
        onClick={() => move(at - 1)}
      >
        <ArrowUp size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={buttons.icon}
        data-way="down"
        aria-label={release.down(what)}
        aria-disabled={at === count - 1}
        onClick={() => move(at + 1)}
      >
        <ArrowDown size={14} aria-hidden="true" />
      </button>
      <button type="button" className={buttons.icon} aria-label={removes} onClick={remove}>
        <X size={14} aria-hidden="true" />
      </button>
    </>
  );
}

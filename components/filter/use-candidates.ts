'use client';

import { useMemo, useState } from 'react';
import type { Candidate } from '@/lib/filter/candidate';
import { complete } from '@/lib/filter/complete';
import type { KnownValues } from '@/lib/filter/known-values';
import type { FilterSchema } from '@/lib/filter/schema';

export interface Candidates {
  /** Empty while the list is closed. */
  readonly listed: readonly Candidate[];
  /** Index of the one that Enter takes; -1: none. */
  readonly active: number;
  /** Opens the list for what is typed at the caret, none chosen. */
  open(caret: number): void;
  close(): void;
  /** To the next or the one before; beyond either end stands what was typed. */
  move(by: 1 | -1): void;
  choose(index: number): void;
}

/** The list under the input: what could stand at the caret. */
export function useCandidates<T>(text: string, schema: FilterSchema<T>, values: KnownValues): Candidates {
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const listed = useMemo(
    () => (caret === null ? [] : complete({ text, caret, schema, values })),
    [text, caret, schema, values],
  );
  return {
    listed,
    active: active < listed.length ? active : -1,
    open: (at) => {
      setCaret(at);
      setActive(-1);
    },
    close: () => setCaret(null),
    move: (by) => setActive((before) => ((before + 1 + by + listed.length + 1) % (listed.length + 1)) - 1),
    choose: setActive,
  };
}

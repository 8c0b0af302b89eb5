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
  /** Opens the list for the caret in a text that is to be the input's, none chosen. With any other text it is closed. */
  open(caret: number, of: string): void;
  close(): void;
  /** To the next or the one before; beyond either end stands what was typed. */
  move(by: 1 | -1): void;
  choose(index: number): void;
}

/** The list under the input: what could stand at the caret. */
export function useCandidates<T>(text: string, schema: FilterSchema<T>, values: KnownValues): Candidates {
  const [opened, setOpened] = useState<{ readonly caret: number; readonly of: string } | null>(null);
  const [active, setActive] = useState(-1);
  const listed = useMemo(
    () => (opened?.of === text ? complete({ text, caret: opened.caret, schema, values }) : []),
    [text, opened, schema, values],
  );
  return {
    listed,
    active: active < listed.length ? active : -1,
    open: (caret, of) => {
      setOpened({ caret, of });
      setActive(-1);
    },
    close: () => setOpened(null),
    move: (by) => setActive((before) => ((before + 1 + by + listed.length + 1) % (listed.length + 1)) - 1),
    choose: setActive,
  };
}

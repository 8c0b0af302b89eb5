'use client';

import { createContext, useContext } from 'react';
import type { AppliedFilter } from '@/components/filter/use-filter';
import type { KnownValues } from '@/lib/filter/known-values';
import type { NodeAmongOthers } from '@/lib/filter/topology-fields';
import type { TopologyBody } from '@/lib/topology/topology-body';

export type Reading = Omit<AppliedFilter<NodeAmongOthers>, 'matches'>;

/** What all parts of the page of topology look at. */
export interface TopologyScene {
  /** undefined before the first answer. */
  readonly body: TopologyBody | undefined;
  /** Keys of nodes that `find` finds; null: nothing is looked for. */
  readonly found: ReadonlySet<string> | null;
  /** Keys of nodes that `hide` takes away. */
  readonly hidden: ReadonlySet<string>;
  /** How `find` and `hide` are read. */
  readonly finding: Reading;
  readonly hiding: Reading;
  /** What both offer as values. */
  readonly values: KnownValues;
}

export const nothingHidden: ReadonlySet<string> = new Set();

const unread: Reading = { applied: '', error: null, held: false, onTyping: () => {} };

export const TopologySceneContext = createContext<TopologyScene>({
  ...{ body: undefined, found: null, hidden: nothingHidden },
  ...{ finding: unread, hiding: unread, values: () => [] },
});

export const useTopologyScene = (): TopologyScene => useContext(TopologySceneContext);

'use client';

import { createContext, useContext } from 'react';
import type { TopologyBody } from '@/lib/topology/topology-body';

/** What all parts of the page of topology look at. */
export interface TopologyScene {
  /** undefined before the first answer. */
  readonly body: TopologyBody | undefined;
  /** Keys of nodes that `find` finds; null: nothing is looked for. */
  readonly found: ReadonlySet<string> | null;
  /** Keys of nodes that `hide` takes away. */
  readonly hidden: ReadonlySet<string>;
}

export const nothingHidden: ReadonlySet<string> = new Set();

export const TopologySceneContext = createContext<TopologyScene>({
  body: undefined,
  found: null,
  hidden: nothingHidden,
});

export const useTopologyScene = (): TopologyScene => useContext(TopologySceneContext);

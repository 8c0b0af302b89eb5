'use client';

import { parseAsString, useQueryState } from 'nuqs';

const lostParser = parseAsString.withOptions({ history: 'push' });

/** The datacenter whose loss is looked at; null: none is. In the URL, so that a link shows the same. */
export function useDrill() {
  const [lost, setLost] = useQueryState('lost', lostParser);
  return { lost, setLost };
}

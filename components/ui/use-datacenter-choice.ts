'use client';

import { parseAsString, useQueryState } from 'nuqs';

/** The datacenter that the reader has chosen, kept in the URL as `?dc=`; null: all. Choosing makes an entry in the browser's history. */
export function useDatacenterChoice() {
  return useQueryState('dc', parseAsString.withOptions({ history: 'push' }));
}

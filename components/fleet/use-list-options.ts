'use client';

import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { sortParser } from '@/components/ui/grid/sort-parser';
import { sortColumns, worstFirst } from '@/lib/fleet/sort-services';

const bySort = sortParser(sortColumns, worstFirst);

const viewParser = parseAsStringLiteral(['grouped', 'flat']).withDefault('grouped').withOptions({ history: 'push' });

/** Each letter typed is no step that Back should go. */
const queryParser = parseAsString.withDefault('').withOptions({ history: 'replace', throttleMs: 200 });

/** How the reader wants the list of services; all of it is in the URL, so that a link shows the same. */
export function useListOptions() {
  const [query, setQuery] = useQueryState('q', queryParser);
  const [sort, setSort] = useQueryState('sort', bySort);
  const [view, setView] = useQueryState('view', viewParser);
  return {
    query,
    setQuery,
    sort,
    setSort,
    grouped: view === 'grouped',
    setGrouped: (grouped: boolean) => setView(grouped ? 'grouped' : 'flat'),
  };
}

export type ListOptions = ReturnType<typeof useListOptions>;

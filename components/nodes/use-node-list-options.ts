'use client';

import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { sortParser } from '@/components/ui/grid/sort-parser';
import { nodeColumns, worstNodesFirst } from '@/lib/fleet/sort-nodes';

const bySort = sortParser(nodeColumns, worstNodesFirst);

const viewParser = parseAsStringLiteral(['grouped', 'flat']).withDefault('grouped').withOptions({ history: 'push' });

/** Each letter typed is no step that Back should go. */
const typed = parseAsString.withDefault('').withOptions({ history: 'replace', throttleMs: 200 });

/** How the reader wants the list of nodes; all of it is in the URL, so that a link shows the same. */
export function useNodeListOptions() {
  const [filter, write] = useQueryState('filter', typed);
  const [sort, setSort] = useQueryState('sort', bySort);
  const [view, setView] = useQueryState('view', viewParser);
  return {
    filter,
    setFilter: (text: string) => write(text || null),
    sort,
    setSort,
    grouped: view === 'grouped',
    setGrouped: (grouped: boolean) => setView(grouped ? 'grouped' : 'flat'),
  };
}

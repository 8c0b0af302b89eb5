'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { sortParser } from '@/components/ui/grid/sort-parser';
import { useTypedText } from '@/components/ui/use-typed-text';
import { nodeColumns, worstNodesFirst } from '@/lib/fleet/sort-nodes';

const bySort = sortParser(nodeColumns, worstNodesFirst);

const viewParser = parseAsStringLiteral(['grouped', 'flat']).withDefault('grouped').withOptions({ history: 'push' });

/** How the reader wants the list of nodes; all of it is in the URL, so that a link shows the same. */
export function useNodeListOptions() {
  const [filter, setFilter] = useTypedText('filter');
  const [sort, setSort] = useQueryState('sort', bySort);
  const [view, setView] = useQueryState('view', viewParser);
  return {
    filter: filter ?? '',
    setFilter,
    sort,
    setSort,
    grouped: view === 'grouped',
    setGrouped: (grouped: boolean) => setView(grouped ? 'grouped' : 'flat'),
  };
}

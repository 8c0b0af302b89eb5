'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { sortParser } from '@/components/ui/grid/sort-parser';
import { useTypedText } from '@/components/ui/use-typed-text';
import { filterOfWords } from '@/lib/filter/plain-words';
import { sortColumns, worstFirst } from '@/lib/fleet/sort-services';

const bySort = sortParser(sortColumns, worstFirst);

const viewParser = parseAsStringLiteral(['grouped', 'flat']).withDefault('grouped').withOptions({ history: 'push' });

/** How the reader wants the list of services; all of it is in the URL, so that a link shows the same. */
export function useListOptions() {
  const [written, write] = useTypedText('filter');
  // Links of before there was a filter language carry plain words as `q`.
  const [words, setWords] = useTypedText('q');
  const [sort, setSort] = useQueryState('sort', bySort);
  const [view, setView] = useQueryState('view', viewParser);
  return {
    filter: written ?? filterOfWords(words ?? ''),
    setFilter: (text: string) => {
      setWords('');
      write(text);
    },
    sort,
    setSort,
    grouped: view === 'grouped',
    setGrouped: (grouped: boolean) => setView(grouped ? 'grouped' : 'flat'),
  };
}

export type ListOptions = ReturnType<typeof useListOptions>;

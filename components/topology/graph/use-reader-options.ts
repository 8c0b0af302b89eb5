'use client';

import { useMemo } from 'react';
import type { useTopologyOptions } from '@/components/topology/use-topology-options';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { parseGrouping, suitableGrouping, writtenGrouping } from '@/lib/topology/view/grouping';
import type { ReaderOptions } from './use-drawn-graph';

interface Wishes {
  readonly dc: string | null;
  readonly found: ReadonlySet<string> | null;
  readonly hidden: ReadonlySet<string>;
  readonly options: ReturnType<typeof useTopologyOptions>;
}

/** More than this are no longer looked for one by one. */
const SOUGHT_AT_MOST = 100;

/** What the reader wants to see, the same object for as long as it is the same wish; and by what in it everything has to be laid out anew. */
export function useReaderOptions(
  body: TopologyBody | undefined,
  wishes: Wishes,
): { readonly reader: ReaderOptions; readonly choice: string } {
  const { dc, found, hidden, options } = wishes;
  const { edges, group, open, chosen, focus, up, down } = options;
  const nodes = body?.nodes;
  const grouped = useMemo(() => writtenGrouping(parseGrouping(group) ?? suitableGrouping(nodes ?? [])), [group, nodes]);
  const reader = useMemo(
    (): ReaderOptions => ({
      dc,
      edges,
      hidden,
      focus: focus === null ? null : { key: focus, up, down },
      grouping: parseGrouping(grouped) ?? { by: 'service' },
      open: new Set(open),
      sought: soughtOf(found, chosen, focus),
    }),
    [dc, edges, hidden, focus, up, down, grouped, open, found, chosen],
  );
  const choice = JSON.stringify([dc, grouped, focus, focus === null ? 0 : up, focus === null ? 0 : down]);
  return { reader, choice };
}

function soughtOf(found: ReadonlySet<string> | null, chosen: string | null, focus: string | null): Set<string> {
  const sought = new Set(found !== null && found.size <= SOUGHT_AT_MOST ? found : []);
  if (focus !== null) sought.add(focus);
  // Of an edge both its ends.
  for (const key of chosen?.split('>') ?? []) sought.add(key);
  return sought;
}

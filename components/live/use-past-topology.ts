'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { formatMoment } from '@/lib/timeline/span';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { readAnswer } from './answer-query';
import { useLive } from './context';

/** While a moment is dragged or played, the newest one is asked for at most so often. */
const EVERY_MS = 400;
const KEPT_MS = 120_000;
const AGAIN_MS = 5_000;

/** Who depended on whom at a moment, ms since 1970, by the record; until it has come, that of the moment before. Null: nothing is asked. */
export function usePastTopology(atMs: number | null): TopologyBody | undefined {
  const { reader } = useLive();
  const [asked, ask] = useState(atMs);
  const query = useQuery({
    queryKey: ['topology-then', asked],
    queryFn: ({ signal }) => readAnswer(reader, `/api/v1/topology?at=${formatMoment(asked ?? 0)}`, isTopology, signal),
    enabled: asked !== null,
    gcTime: KEPT_MS,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
    placeholderData: keepPreviousData,
  });
  const lastRef = useRef(Number.NEGATIVE_INFINITY);
  const isReading = query.isFetching;
  useEffect(() => {
    // An answer on its way is waited for: asking for another would end it, and who plays fast would see none.
    if (asked === atMs || (isReading && atMs !== null)) return;
    const timer = setTimeout(
      () => {
        lastRef.current = performance.now();
        ask(atMs);
      },
      Math.max(0, lastRef.current + EVERY_MS - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [asked, atMs, isReading]);
  return atMs === null || asked === null ? undefined : query.data;
}

function isTopology(value: unknown): value is TopologyBody {
  const { nodes, edges, datacenters } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Array.isArray(nodes) && Array.isArray(edges) && Array.isArray(datacenters);
}

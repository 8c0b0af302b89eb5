'use client';

import { useEffect, useMemo, useState } from 'react';
import { useAnswer } from '@/components/live/use-answer';
import { filterOfWords } from '@/lib/filter/plain-words';
import { hasWords, isFoundInstances } from '@/lib/fleet/find-instances';
import type { FoundInstance } from '@/lib/fleet/found-instances-body';
import { filterWords } from '@/lib/fleet/text-filter';

/** Whoever types on has not asked yet. */
const PAUSE_MS = 150;
/** One letter is in nearly every name. */
const FEWEST_LETTERS = 2;
const MOST = 6;
/** What is shown is looked for anew so often at most, while the fleet changes. */
const PACE_MS = 5_000;

interface FoundInstances {
  readonly instances: readonly FoundInstance[];
  /** How many there are in all; 0 while that is not known. */
  readonly total: number;
  /** The answer is on its way. */
  readonly asking: boolean;
  /** A sentence, where nothing could be looked for. */
  readonly error: string | null;
}

/** Instances that have each word of `query` in id, service, node, datacenter, tags or version. The server looks for them: no page holds them all. */
export function useFoundInstances(query: string): FoundInstances {
  const [asked, ask] = useState('');
  const wanted = query.trim().length < FEWEST_LETTERS ? '' : query.trim();
  useEffect(() => {
    const timer = setTimeout(() => ask(wanted), wanted === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const path = `/api/v1/instances?${new URLSearchParams({ filter: filterOfWords(asked), limit: `${MOST}` })}`;
  const { body, error } = useAnswer(asked === '' ? null : path, isFoundInstances, {
    about: asked,
    paceMs: PACE_MS,
  });
  // Until the next answer is there the last one stays, without what no longer matches.
  const [last, keep] = useState(body);
  if (body && body !== last) keep(body);
  const instances = useMemo(() => {
    const words = filterWords(wanted);
    return wanted === '' ? [] : (last?.instances.filter((one) => hasWords(one, words)) ?? []);
  }, [last, wanted]);
  const answered = wanted === asked && body !== undefined;
  return { instances, total: answered ? body.total : 0, asking: wanted !== '' && !answered && error === null, error };
}

'use client';

import { QueryObserver } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Topic, TopicBody } from '@/lib/stream/protocol';
import { useLive } from './context';
import type { Live } from './live';
import { selectionOf } from './selection';
import { topicKey, topicQuery } from './topic-query';

/** Follows a topic while mounted, and calls `listener` when its place in the query cache changes. */
export function useTopicSubscription(live: Live, topic: Topic): (listener: () => void) => () => void {
  useEffect(() => live.core.want(topic), [live, topic]);
  return useCallback(
    (listener) => new QueryObserver(live.queryClient, topicQuery(live.reader, topic)).subscribe(listener),
    [live, topic],
  );
}

/** What `select` takes of a topic's body, rendered again only where that changed; undefined before the first body. */
export function useTopic<Body extends TopicBody, T>(topic: Topic, select: (body: Body) => T): T | undefined {
  const live = useLive();
  const subscribe = useTopicSubscription(live, topic);
  const lastRef = useRef<T | undefined>(undefined);
  const read = useMemo(
    () =>
      selectionOf(
        () => live.queryClient.getQueryData<Body>(topicKey(topic)),
        select,
        () => lastRef.current,
      ),
    [live, topic, select],
  );
  const readSeed = useMemo(
    () =>
      selectionOf(
        () => live.seeds.get(topic) as Body | undefined,
        select,
        () => undefined,
      ),
    [live, topic, select],
  );
  const selection = useSyncExternalStore(subscribe, read, readSeed);
  useEffect(() => {
    lastRef.current = selection;
  }, [selection]);
  return selection;
}

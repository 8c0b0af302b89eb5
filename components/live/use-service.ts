'use client';

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { ServiceBody } from '@/lib/fleet/model';
import type { Topic } from '@/lib/stream/protocol';
import { serviceTopic } from '@/lib/stream/topics';
import { useLive } from './context';
import type { Live } from './live';
import { topicKey } from './topic-query';
import { useTopicSubscription } from './use-topic';

export interface LiveService {
  readonly body: ServiceBody | undefined;
  /** When it was removed, or found not to be there, ISO 8601; null while it is there. The last body stays. */
  readonly goneSince: string | null;
  /** A sentence, where there is no body because it could not be read. */
  readonly error: string | null;
}

/** One service with its instances, live. `key` is `<dc>/<name>`, each segment percent-encoded. */
export function useService(key: string): LiveService {
  const live = useLive();
  const topic = serviceTopic(key);
  const subscribeTopic = useTopicSubscription(live, topic);
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = [subscribeTopic(listener), live.core.subscribe(listener)];
      return () => {
        for (const end of ends) end();
      };
    },
    [subscribeTopic, live],
  );
  const read = useMemo(() => serviceReader(live, topic), [live, topic]);
  const seeded = useMemo((): LiveService => {
    return { body: live.seeds.get(topic) as ServiceBody | undefined, goneSince: null, error: null };
  }, [live, topic]);
  return useSyncExternalStore(subscribe, read, () => seeded);
}

function serviceReader(live: Live, topic: Topic): () => LiveService {
  let last: LiveService = { body: undefined, goneSince: null, error: null };
  return () => {
    const state = live.queryClient.getQueryState<ServiceBody>(topicKey(topic));
    const body = state?.data;
    const goneSince = live.core.goneSince(topic);
    const failure = state?.error ?? state?.fetchFailureReason;
    const error = body || goneSince !== null ? null : (failure?.message ?? null);
    if (body !== last.body || goneSince !== last.goneSince || error !== last.error) last = { body, goneSince, error };
    return last;
  };
}

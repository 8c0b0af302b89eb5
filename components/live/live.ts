import { notifyManager, type QueryClient } from '@tanstack/react-query';
import type { Topic, TopicBody } from '@/lib/stream/protocol';
import { browserClock } from './clock';
import { browserFrame } from './frame-batch';
import { type InitialData, initialTopics } from './initial-data';
import { LiveCore, type LiveCoreOptions } from './live-core';
import { browserSharedWorker } from './shared-worker';
import { Tickers, type Visibility } from './tickers';
import { newQueryClient, type TopicReader, topicKey } from './topic-query';

/** What the hooks of one tab, or of one rendering on the server, share. */
export interface Live {
  readonly core: LiveCore;
  readonly queryClient: QueryClient;
  readonly reader: TopicReader;
  readonly tickers: Tickers;
  /** The server's time when it rendered the page, in ms: what the first render shows on both sides. */
  readonly renderedAtMs: number;
  /** Bodies as the server rendered them: what hydration has to show again, whatever came since. */
  readonly seeds: Map<Topic, TopicBody>;
}

export type LiveOptions = Omit<LiveCoreOptions, 'onBody'> & { fetch: typeof fetch; visibility: Visibility };

/** Joins the core to the query cache that it fills. */
export function createLive(options: LiveOptions): Live {
  const { basePath, clock, random, renderedAtMs } = options;
  // The default lets a timer pass between a change and its rendering; the frame batch already bounds how often that is.
  notifyManager.setScheduler(queueMicrotask);
  const queryClient = newQueryClient();
  const seeds = new Map<Topic, TopicBody>();
  const onBody = (topic: Topic, body: TopicBody | null) => {
    if (body) {
      queryClient.setQueryData(topicKey(topic), body);
      return;
    }
    queryClient.removeQueries({ queryKey: topicKey(topic), exact: true });
    seeds.delete(topic);
  };
  const core = new LiveCore({ ...options, onBody });
  return {
    core,
    queryClient,
    reader: { core, basePath, clock, random, fetch: options.fetch },
    tickers: new Tickers(() => core.serverClock.nowMs(), clock, options.visibility),
    renderedAtMs,
    seeds,
  };
}

let browserLive: Live | null = null;

/** The tab's one `Live`; on the server one of its own for each rendering, for requests must not see each other's data. */
export function liveHere(basePath: string, renderedAt: string): Live {
  const options: LiveOptions = {
    basePath,
    renderedAtMs: Date.parse(renderedAt),
    clock: browserClock,
    random: Math.random,
    openEventSource: (url) => new EventSource(url),
    sharedWorker: browserSharedWorker(basePath),
    requestFrame: browserFrame,
    fetch: (input, init) => fetch(input, init),
    visibility: documentVisibility,
    report: (sentence) => console.error(sentence),
    onPhase: (phase) => {
      document.body.dataset.live = phase;
    },
  };
  if (typeof window === 'undefined') return createLive(options);
  browserLive ??= createLive(options);
  return browserLive;
}

const documentVisibility: Visibility = {
  hidden: () => document.hidden,
  subscribe: (listener) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};

/** Puts a page's first data into the store. It may be called while rendering: nobody is notified before that has ended. */
export function seed(live: Live, initial: InitialData): void {
  for (const topic of initialTopics(initial)) {
    const body = initial.topics[topic];
    if (!body) continue;
    live.seeds.set(topic, body);
    live.core.offer(topic, body);
  }
}

'use client';

import type { ReactNode } from 'react';
import type { Topic, TopicBody } from '@/lib/stream/protocol';

/** What a page brings from the server for its first paint: bodies by topic, and the server's time when they were read. */
export interface InitialData {
  readonly topics: Partial<Record<Topic, TopicBody>>;
  readonly at: string;
}

/** Holds the tab's one live connection and its store. Lives in the root layout. */
export function LiveProvider(props: { basePath: string; initial: InitialData; children: ReactNode }) {
  return <>{props.children}</>;
}

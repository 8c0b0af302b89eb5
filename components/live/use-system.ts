'use client';

import type { SystemBody } from '@/lib/system/system-body';
import { useTopic } from './use-topic';

/** What `select` takes of Lictor's and Consul's own state; undefined before the first body. */
export function useSystem<T>(select: (body: SystemBody) => T): T | undefined {
  return useTopic('system', select);
}

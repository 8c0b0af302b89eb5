'use client';

import type { ServiceBody } from '@/lib/fleet/model';

export interface LiveService {
  readonly body: ServiceBody | undefined;
  /** When it was removed, ISO 8601; null while it is there. The last body stays. */
  readonly goneSince: string | null;
  /** A sentence, where there is no body because it could not be read. */
  readonly error: string | null;
}

/** One service with its instances, live. `key` is `<dc>/<name>`, each segment percent-encoded. */
export function useService(_key: string): LiveService {
  return { body: undefined, goneSince: null, error: null };
}

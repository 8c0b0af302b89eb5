'use client';

import type { AlertsBody } from '@/lib/alerts/alert-body';
import { usePast } from './past';
import { useTopic } from './use-topic';

/** What `select` takes of alerts, silences and outlets; undefined before the first body, and of the past, whose alerts are no present ones. */
export function useAlerts<T>(select: (body: AlertsBody) => T): T | undefined {
  const past = usePast();
  const live = useTopic('alerts', select);
  return past ? undefined : live;
}

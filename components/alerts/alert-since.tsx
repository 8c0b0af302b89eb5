'use client';

import { useNow } from '@/components/live/use-now';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { AlertRecord } from '@/lib/alerts/alert-body';

/** Since when it has been so and for how long; of what is over from when to when. */
export function AlertSince({ alert }: { alert: AlertRecord }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const { since, sinceAtLeast, resolvedAt, freshness, subject } = alert;
  const sinceMs = Date.parse(since);
  const from = clock.moment(sinceMs, nowMs);
  if (resolvedAt !== null) {
    const lasted = text.duration(Date.parse(resolvedAt) - sinceMs);
    return (
      <>
        {text.alerts.firedUntil(from, clock.moment(Date.parse(resolvedAt), nowMs))}
        {text.comma}
        {text.alerts.lasted(sinceAtLeast ? text.time.atLeast(lasted) : lasted)}
      </>
    );
  }
  return (
    <>
      {text.alerts.since(from, sinceAtLeast)}
      {text.comma}
      {freshness === null || freshness === 'live' ? (
        <Elapsed iso={since} atLeast={sinceAtLeast} />
      ) : (
        <DatacenterAge dc={subject.dc} whole />
      )}
    </>
  );
}

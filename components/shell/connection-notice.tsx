'use client';

import { useConnection } from '@/components/live/use-connection';
import { useFleet } from '@/components/live/use-fleet';
import { useNow } from '@/components/live/use-now';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { FleetBody } from '@/lib/fleet/model';
import styles from './connection-notice.module.css';

const reach = (body: FleetBody) => body.consul;

/**
 * Says on every page when nothing arrives any more: from Lictor, or from the Consul that Lictor asks. Short breaks are not announced; the
 * ages in the row above already count on.
 */
export function ConnectionNotice() {
  const text = useText();
  const { phase, lastEventAtMs } = useConnection();
  const consul = useFleet(reach);
  const nowMs = useNow(1_000);
  const notice =
    phase === 'stale'
      ? lastEventAtMs === null
        ? text.connection.staleNever
        : text.connection.stale(text.freshness.age(nowMs - lastEventAtMs))
      : consul?.reachable === false && consul.reason
        ? text.connection.consulAway(consul.reason)
        : null;
  return (
    <div role="status" className={styles.place}>
      {notice ? (
        <p className={styles.notice}>
          <StatusIcon status="unknown" />
          {notice}
        </p>
      ) : null}
    </div>
  );
}

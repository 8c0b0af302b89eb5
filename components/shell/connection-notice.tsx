'use client';

import { useConnection } from '@/components/live/use-connection';
import { useFleet } from '@/components/live/use-fleet';
import { useNow } from '@/components/live/use-now';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { FleetBody } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
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
  const clock = useClockText();
  const nowMs = useNow(1_000);
  const notice =
    phase === 'stale'
      ? lastEventAtMs === null
        ? text.connection.staleNever
        : text.connection.stale(text.freshness.age(nowMs - lastEventAtMs))
      : consul?.reachable === false
        ? text.connection.consulAway(
            visibleLine(consul.address),
            text.time.since(clock.moment(Date.parse(consul.since), nowMs)),
          )
        : null;
  return (
    <div role="status" className={styles.place}>
      {notice ? (
        <p className={styles.notice}>
          <StatusIcon status="unknown" />
          {notice}
          {phase !== 'stale' && consul?.reason ? (
            <span className={styles.reason}>{visibleLine(consul.reason)}</span>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

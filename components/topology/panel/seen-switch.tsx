'use client';

import { useNow } from '@/components/live/use-now';
import { Moment } from '@/components/observed/since';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { FailoverSwitch } from '@/lib/topology/topology-body';
import { writtenNode } from './node-button';
import styles from './panel.module.css';

/** A switch should take no longer, ms. */
const GOAL_MS = 30_000;
const HARDLY_EVER_MS = 60_000;

/** How a service went over to another datacenter: when, to where, how long it took, whether it is back. */
export function SeenSwitch({ one, named = false }: { one: FailoverSwitch; named?: boolean }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(HARDLY_EVER_MS);
  const words = text.topology.standIn;
  const { key, lostAt, to, tookMs, seenBy, endedAt } = one;
  const took =
    tookMs === null
      ? seenBy === 'declared'
        ? words.byChain
        : words.notSeen
      : `${words.took(text.duration(tookMs))}${tookMs > GOAL_MS ? `${text.comma}${words.late}` : ''}`;
  return (
    <li data-key={key}>
      <Moment iso={lostAt} />
      <span>
        {named ? <b>{writtenNode(key)} </b> : null}
        {words.switched(writtenNode(to))}{' '}
        <span data-tone={tookMs !== null && tookMs > GOAL_MS ? 'warning' : undefined}>{took}</span>
        <small className={styles.quiet}>
          {endedAt === null ? words.still : words.back(clock.moment(Date.parse(endedAt), nowMs))}
        </small>
      </span>
    </li>
  );
}

'use client';

import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { Quorum } from '@/lib/system/consul-health';
import { quorumStatus } from '@/lib/system/server-state';
import styles from './quorum-line.module.css';

/** More voters than this are a sentence alone; Consul advises five. */
const MOST_DRAWN = 9;

/** The quorum as a sentence and as a row of voters, with a mark behind as many as it takes. */
export function QuorumLine({ quorum, failureTolerance }: { quorum: Quorum; failureTolerance: number | null }) {
  const text = useText();
  const { voters, reachable, unseen, needed, state } = quorum;
  const places = Array.from({ length: voters <= MOST_DRAWN ? voters : 0 }, (_, at) => ({
    place: at + 1,
    kind: at < reachable ? 'reachable' : at < reachable + unseen ? 'unseen' : 'gone',
  }));
  return (
    <div className={styles.line} data-now>
      {places.length > 1 ? (
        <span className={styles.voters} aria-hidden="true">
          {places.map(({ place, kind }) => (
            <span key={place} className={styles.voter} data-kind={kind} data-needed={place === needed || undefined} />
          ))}
        </span>
      ) : null}
      <StatusIcon status={quorumStatus(state)} />
      <span className={styles.words} data-tone={quorumStatus(state)}>
        {text.system.quorum(state, quorum)}
      </span>
      {state === 'kept' && failureTolerance !== null ? (
        <span className={styles.tolerance}>{text.system.mayLose(failureTolerance)}</span>
      ) : null}
    </div>
  );
}

'use client';

import { Fragment } from 'react';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import type { ConsulHealth, Reading } from '@/lib/system/consul-health';
import { visibleLine } from '@/lib/text/visible-text';
import { ReadAgo } from './read-ago';
import styles from './reading-list.module.css';

/** Three turns were missed: what was read before is old. */
const OLD_AFTER_MS = 30_000;
const QUESTIONS = ['leader', 'peers', 'raft', 'autopilot', 'members'] as const;

/** Where what stands above was read, how long ago, and what stands in the way of a newer answer. */
export function ReadingList({
  readings,
  configuration,
}: {
  readings: ConsulHealth['readings'];
  configuration: readonly Reading[];
}) {
  const text = useText();
  return (
    <ul className={styles.readings} aria-label={text.system.readFrom}>
      {QUESTIONS.map((question) => (
        <ReadingItem key={question} name={text.system.reading[question]} reading={readings[question]} />
      ))}
      {configuration.map((reading) => (
        <ReadingItem key={reading.source} name={text.system.configuration[nameOf(reading)]} reading={reading} />
      ))}
    </ul>
  );
}

function nameOf({ source }: Reading): 'entries' | 'intentions' | 'keys' {
  if (source.startsWith('/v1/kv/')) return 'keys';
  return source === '/v1/connect/intentions' ? 'intentions' : 'entries';
}

function ReadingItem({ name, reading }: { name: string; reading: Reading }) {
  const text = useText();
  const nowMs = useNow(1_000);
  const { source, readAt, problem, missingRule } = reading;
  const old = problem !== null || readAt === null || nowMs - Date.parse(readAt) > OLD_AFTER_MS;
  return (
    <li className={styles.reading} data-freshness={old ? 'stale' : 'live'}>
      <p className={styles.name}>
        {name}
        <span className={styles.age}>
          <ReadAgo iso={readAt} />
        </span>
      </p>
      <p className={styles.source}>
        <Path>{source}</Path>
      </p>
      {missingRule === null ? null : (
        <p>
          {text.system.grant} <code className={styles.rule}>{missingRule}</code>
        </p>
      )}
      {problem !== null && missingRule === null ? <p>{visibleLine(problem)}</p> : null}
    </li>
  );
}

/** A path that is broken at its slashes where it has to be. */
function Path({ children }: { children: string }) {
  const segments = children.split('/');
  return segments.map((segment, at) => (
    <Fragment key={segments.slice(0, at + 1).join('/')}>
      {at > 0 ? '/' : ''}
      <wbr />
      {segment}
    </Fragment>
  ));
}

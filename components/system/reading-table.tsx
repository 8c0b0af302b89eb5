'use client';

import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import type { ConsulHealth, Reading } from '@/lib/system/consul-health';
import { visibleLine } from '@/lib/text/visible-text';
import { ReadAgo } from './read-ago';
import styles from './reading-table.module.css';
import table from './table.module.css';

/** Three turns were missed: what was read before is old. */
const OLD_AFTER_MS = 30_000;
const QUESTIONS = ['leader', 'peers', 'raft', 'autopilot', 'members'] as const;

/** Where what stands above was read, how long ago, and what stands in the way of a newer answer. */
export function ReadingTable({ dc, readings }: { dc: string; readings: ConsulHealth['readings'] }) {
  const text = useText();
  return (
    <table className={`${table.table} ${styles.readings}`} aria-label={`${text.system.readFrom}, ${dc}`}>
      <tbody>
        {QUESTIONS.map((question) => (
          <ReadingRow key={question} name={text.system.reading[question]} reading={readings[question]} />
        ))}
      </tbody>
    </table>
  );
}

function ReadingRow({ name, reading }: { name: string; reading: Reading }) {
  const text = useText();
  const nowMs = useNow(1_000);
  const { source, readAt, problem, missingRule } = reading;
  const old = problem !== null || readAt === null || nowMs - Date.parse(readAt) > OLD_AFTER_MS;
  return (
    <tr data-freshness={old ? 'stale' : 'live'}>
      <th scope="row">{name}</th>
      <td>
        <span className={`${table.mono} ${table.quiet}`}>{source}</span>
        {missingRule === null ? null : (
          <p className={styles.problem}>
            {text.system.grant} <code className={table.mono}>{missingRule}</code>
          </p>
        )}
        {problem !== null && missingRule === null ? <p className={styles.problem}>{visibleLine(problem)}</p> : null}
      </td>
      <td className={`${table.number} ${styles.age}`}>
        <ReadAgo iso={readAt} />
      </td>
    </tr>
  );
}

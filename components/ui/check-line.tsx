'use client';

import type { Check, Status } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './check-list.module.css';
import { CheckOutput } from './check-output';
import hidden from './hidden.module.css';
import { StatusIcon } from './status-icon';
import { useText } from './text-provider';

/** One check: its state, its name and type, and the first line of its output, which opens to the whole. */
export function CheckLine({ check, standing }: { check: Check; standing: Status }) {
  const text = useText();
  const name = visibleLine(check.name || check.id);
  return (
    <li className={styles.check} data-status={standing} title={`${visibleLine(check.id)} ${visibleLine(check.type)}`}>
      <StatusIcon status={standing} />
      <span className={hidden.hidden}>{text.status[standing]}</span>
      <span className={styles.name}>
        {name}
        {check.type === '' ? null : <span className={styles.type}> · {visibleLine(check.type)}</span>}
        {check.scope === 'node' ? <span className={styles.type}> · {text.service.nodeCheck}</span> : null}
      </span>
      <CheckOutput check={check} className={styles.output} />
    </li>
  );
}

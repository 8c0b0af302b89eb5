'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import hidden from '@/components/ui/hidden.module.css';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { Check, Status } from '@/lib/fleet/model';
import { visibleLine, visibleText } from '@/lib/text/visible-text';
import styles from './check-list.module.css';

/** What is longer may be cut at the end of its line: it can be expanded, as an output of several lines can. */
const LINE_CHARACTERS = 60;

/** One check: its state, its name and type, and the first line of its output, which opens to the whole. Output is text of others, and stays text. */
export function CheckLine({ check, standing }: { check: Check; standing: Status }) {
  const text = useText();
  const [open, setOpen] = useState(false);
  // A maintenance check's reason stands in its notes; its output is empty.
  const output = visibleText(check.output.trim() === '' ? check.notes : check.output).trimEnd();
  const first = output.split('\n').find((line) => line.trim() !== '') ?? '';
  const expandable = output.includes('\n') || output.length > LINE_CHARACTERS;
  const name = visibleLine(check.name || check.id);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li className={styles.check} data-status={standing} title={`${visibleLine(check.id)} ${visibleLine(check.type)}`}>
      <StatusIcon status={standing} />
      <span className={hidden.hidden}>{text.status[standing]}</span>
      <span className={styles.name}>
        {name}
        {check.type === '' ? null : <span className={styles.type}> · {visibleLine(check.type)}</span>}
        {check.scope === 'node' ? <span className={styles.type}> · {text.service.nodeCheck}</span> : null}
      </span>
      <span className={styles.output}>{first === '' ? <i>{text.service.noOutput}</i> : first}</span>
      {expandable ? (
        <button
          type="button"
          className={styles.expand}
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          aria-label={open ? text.service.collapse : text.service.expand}
          title={open ? text.service.collapse : text.service.expand}
        >
          <Chevron size={14} aria-hidden="true" />
          {output.includes('\n') ? text.service.lines(output.split('\n').length) : null}
        </button>
      ) : null}
      {open ? <pre className={styles.whole}>{output}</pre> : null}
    </li>
  );
}

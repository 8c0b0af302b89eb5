'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Check } from '@/lib/fleet/model';
import { visibleText } from '@/lib/text/visible-text';
import styles from './check-output.module.css';
import { useText } from './text-provider';

/** What is longer may be cut at the end of its line: it can be expanded, as an output of several lines can. */
const LINE_CHARACTERS = 60;

/**
 * The first line of a check's output, a button where there is more, and the whole when it is open: cells of a grid whose last two columns are
 * theirs. Output is text of others, and stays text.
 */
export function CheckOutput({ check, className }: { check: Check; className?: string | undefined }) {
  const text = useText();
  const [open, setOpen] = useState(false);
  // A maintenance check's reason stands in its notes; its output is empty.
  const output = visibleText(check.output.trim() === '' ? check.notes : check.output).trimEnd();
  const first = output.split('\n').find((line) => line.trim() !== '') ?? '';
  const expandable = output.includes('\n') || output.length > LINE_CHARACTERS;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <span className={`${styles.first} ${className ?? ''}`}>
        {first === '' ? <i>{text.service.noOutput}</i> : first}
      </span>
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
    </>
  );
}

'use client';

import { useSystem } from '@/components/live/use-system';
import { Card, CardTitle } from '@/components/ui/card';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import type { SystemBody } from '@/lib/system/system-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './problems.module.css';

const whole = (body: SystemBody) => body;

interface Problem {
  /** Whose: a datacenter, or a Consul address. */
  readonly of: string;
  readonly sentence: string;
}

/** What could not be read, and where Lictor had to hold back; nothing at all where there is nothing. */
export function Problems() {
  const text = useText();
  const body = useSystem(whole);
  const [chosen] = useDatacenterChoice();
  const problems = body ? problemsOf(body, chosen) : [];
  if (problems.length === 0) return null;
  return (
    <Card className={styles.problems} aria-labelledby="problems">
      <CardTitle id="problems" count={text.number(problems.length)}>
        {text.system.problems}
      </CardTitle>
      <ul>
        {problems.map(({ of, sentence }) => (
          <li key={`${of} ${sentence}`} className={styles.problem}>
            <StatusIcon status="warning" />
            <b>{visibleLine(of)}</b>
            <span>{visibleLine(sentence)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function problemsOf(body: SystemBody, chosen: string | null): Problem[] {
  const shown = body.datacenters.filter(({ name }) => chosen === null || name === chosen);
  return [
    ...shown.flatMap(({ name, problems }) => problems.map((sentence) => ({ of: name, sentence }))),
    ...body.addresses.flatMap(({ address, lowered }) => (lowered === null ? [] : [{ of: address, sentence: lowered }])),
  ];
}

'use client';

import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import type { EdgeSource } from '@/lib/topology/topology-body';
import { Ago } from './ago';
import styles from './panel.module.css';
import { Part } from './part';

/** All that says a call, each with when it was last seen to. */
export function EvidencePart({ sources }: { sources: readonly EdgeSource[] }) {
  const words = useText().topology.edge;
  return (
    <Part title={words.evidence}>
      <ul className={styles.evidence}>
        {sources.map((source) => (
          <Evidence key={`${source.kind} ${source.source}`} said={source} />
        ))}
      </ul>
    </Part>
  );
}

function Evidence({ said }: { said: EdgeSource }) {
  const words = useText().topology;
  const { kind, source, seenAt, allowed, detail } = said;
  const verdict = kind !== 'intention' ? null : allowed === null ? 'depends' : allowed ? 'allowed' : 'denied';
  return (
    <li data-kind={kind}>
      <b>{words.kinds[kind]}</b>
      <span>
        <bdi>{visibleLine(source)}</bdi>
        {verdict === null ? null : (
          <span data-tone={verdict === 'denied' ? 'critical' : undefined}> {words.edge[verdict]}</span>
        )}
        {detail === null ? null : <small>{visibleLine(detail)}</small>}
        <small className={styles.quiet}>
          <Ago iso={seenAt} say={words.edge.seen} />
        </small>
      </span>
    </li>
  );
}

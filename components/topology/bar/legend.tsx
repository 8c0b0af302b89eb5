'use client';

import { Activity, Shuffle, Split, Wrench } from 'lucide-react';
import { NodeShape } from '@/components/topology/graph/node-shape';
import { useTopologyScene } from '@/components/topology/topology-scene';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './legend.module.css';

const shapes = ['service', 'gateway', 'database', 'queue', 'absent'] as const;
const badges = [
  ['split', Split],
  ['failover', Shuffle],
  ['maintenance', Wrench],
  ['flapping', Activity],
] as const;
const lines = ['observed', 'declared', 'undeclared', 'across', 'denied'] as const;

const plain = { passing: 0, warning: 0, critical: 0, maintenance: 0, unknown: 1 };
const mixed = { passing: 5, warning: 1, critical: 2, maintenance: 0, unknown: 0 };

/** What shapes, rings, signs and lines mean, and whether all that tells of them answers. */
export function Legend() {
  const text = useText();
  const words = text.topology.legend;
  return (
    <section className={styles.legend} aria-label={words.label}>
      <ul>
        {shapes.map((kind) => (
          <li key={kind} className={styles.shape}>
            <NodeShape kind={kind} counts={plain} />
            {text.topologyGraph.kind[kind]}
          </li>
        ))}
        <li className={styles.shape}>
          <NodeShape kind="service" counts={mixed} />
          {words.ring}
        </li>
        {badges.map(([badge, Icon]) => (
          <li key={badge}>
            <Icon size={13} aria-hidden="true" />
            {words[badge]}
          </li>
        ))}
        {lines.map((line) => (
          <li key={line}>
            <svg className={styles.line} data-line={line} width="30" height="10" viewBox="0 0 30 10" aria-hidden="true">
              {line === 'across' ? <path d="M1,3.4H29M1,6.6H29" /> : <path d="M1,5H29" />}
            </svg>
            {words[line]}
          </li>
        ))}
      </ul>
      <UnansweredSources />
    </section>
  );
}

function UnansweredSources() {
  const words = useText().topology.legend;
  const { body } = useTopologyScene();
  const old = body?.sources.filter(({ state }) => state === 'old') ?? [];
  if (old.length === 0) return null;
  const whole = old.map(({ name, dc, reason }) =>
    [dc, name, reason]
      .filter((part) => part !== null)
      .map(visibleLine)
      .join(' · '),
  );
  return (
    <p className={styles.old} role="status" title={whole.join('\n')}>
      {words.sources(old.length)}
    </p>
  );
}

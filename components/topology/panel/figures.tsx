'use client';

import { StatusBar } from '@/components/ui/status-bar';
import { useText } from '@/components/ui/text-provider';
import { countedTraffic } from '@/lib/topology/around/counted-traffic';
import type { TopologyEdge, TopologyNode } from '@/lib/topology/topology-body';
import { instanceCounts } from '@/lib/topology/view/tally';
import { Figure } from './figure';
import styles from './panel.module.css';

interface FiguresProps {
  /** Those of which the traffic is counted together. */
  readonly edges: readonly TopologyEdge[];
  /** Null: it is about a call. */
  readonly node: TopologyNode | null;
}

const WARNING_FROM = 0.01;
const CRITICAL_FROM = 0.05;

/** What is counted now: requests, errors, latency, and of a service its instances. */
export function Figures({ edges, node }: FiguresProps) {
  const words = useText().topology;
  const { ratePerSecond, errorRatio, p95Ms, isOld } = countedTraffic(edges);
  const none = <span className={styles.quiet}>{words.notCounted}</span>;
  const tone =
    errorRatio === null || errorRatio < WARNING_FROM ? undefined : errorRatio < CRITICAL_FROM ? 'warning' : 'critical';
  return (
    <section className={styles.part}>
      <dl
        className={styles.figures}
        data-freshness={isOld ? 'stale' : undefined}
        title={node ? words.panel.figuresWhy : undefined}
      >
        <Figure name={words.panel.requests}>{ratePerSecond === null ? none : words.perSecond(ratePerSecond)}</Figure>
        <Figure name={words.panel.errors} tone={tone}>
          {errorRatio === null ? none : words.percent(errorRatio)}
        </Figure>
        <Figure name={words.panel.p95}>{p95Ms === null ? none : words.ms(p95Ms)}</Figure>
        {node && node.instances > 0 ? (
          <Figure name={words.panel.instances}>
            {words.panel.of(node.passing, node.instances)}
            <StatusBar counts={instanceCounts(node)} heightPx={6} />
          </Figure>
        ) : null}
      </dl>
      {isOld ? <p className={styles.words}>{words.panel.figuresOld}</p> : null}
    </section>
  );
}

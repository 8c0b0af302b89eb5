'use client';

import { useTopologyOptions } from '@/components/topology/use-topology-options';
import { useText } from '@/components/ui/text-provider';
import { parsePair } from '@/lib/fleet/keys';
import type { TopologyEdge } from '@/lib/topology/topology-body';
import type { TopologyGraph } from '@/lib/topology/topology-graph';
import { Ago } from './ago';
import { EvidencePart } from './evidence-part';
import { Figures } from './figures';
import { NodeButton, writtenNode } from './node-button';
import styles from './panel.module.css';
import { PanelHead } from './panel-head';
import { TraceLink } from './trace-link';

/** All that is known of one call, and what says it. */
export function EdgePanel({ graph, edge }: { graph: TopologyGraph; edge: TopologyEdge }) {
  const words = useText().topology;
  const { setChosen } = useTopologyOptions();
  const { key, from, to, kinds, mark, sources } = edge;
  const title = `${writtenNode(from)} → ${writtenNode(to)}`;
  const [caller, callee] = [parsePair(from), parsePair(to)];
  return (
    <article className={styles.panel} aria-label={words.panel.label(title)} data-key={key}>
      <PanelHead
        kind={kinds.map((kind) => words.kinds[kind]).join(' · ')}
        name={<bdi>{title}</bdi>}
        close={() => void setChosen(null)}
      >
        {mark === null ? null : <p className={styles.mark}>{words.edge[mark]}</p>}
      </PanelHead>
      <Figures edges={[edge]} node={null} />
      <EdgeFacts graph={graph} edge={edge} />
      <EvidencePart sources={sources} />
      <footer className={styles.foot}>
        {caller && callee ? (
          <TraceLink service={callee.name} dc={callee.dc} from={caller.name} to={callee.name} />
        ) : null}
      </footer>
    </article>
  );
}

function EdgeFacts({ graph, edge }: { graph: TopologyGraph; edge: TopologyEdge }) {
  const words = useText().topology;
  const { from, to, allowed, share, order, observedAt } = edge;
  const [caller, callee] = [graph.nodes.get(from), graph.nodes.get(to)];
  const roundTripMs = caller && callee && caller.dc !== callee.dc ? graph.roundTripMs(caller.dc, callee.dc) : null;
  const verdict = allowed === null ? 'noIntention' : allowed ? 'allowed' : 'denied';
  return (
    <section className={styles.part}>
      <dl className={styles.facts}>
        <dt>{words.edge.from}</dt>
        <dd>
          <NodeButton nodeKey={from} node={caller} />
        </dd>
        <dt>{words.edge.to}</dt>
        <dd>
          <NodeButton nodeKey={to} node={callee} />
        </dd>
        <dt>{words.kinds.intention}</dt>
        <dd data-tone={allowed === false ? 'critical' : undefined}>{words.edge[verdict]}</dd>
        {share === null ? null : (
          <>
            <dt>{words.edge.share}</dt>
            <dd>{words.share(share)}</dd>
          </>
        )}
        {order === null ? null : (
          <>
            <dt>{words.edge.order}</dt>
            <dd>{order}</dd>
          </>
        )}
        {roundTripMs === null ? null : (
          <>
            <dt>{words.edge.roundTrip}</dt>
            <dd>{words.ms(roundTripMs)}</dd>
          </>
        )}
        <dt>{words.edge.observedAt}</dt>
        <dd>{observedAt === null ? words.edge.never : <Ago iso={observedAt} say={words.edge.seen} />}</dd>
      </dl>
    </section>
  );
}

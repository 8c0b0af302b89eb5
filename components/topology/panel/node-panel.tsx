'use client';

import Link from 'next/link';
import { useCallback } from 'react';
import { useFleet } from '@/components/live/use-fleet';
import { useFreshness } from '@/components/live/use-freshness';
import { DatacenterFreshness } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import buttons from '@/components/ui/button.module.css';
import { serviceHref } from '@/components/ui/links';
import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import type { FleetBody } from '@/lib/fleet/model';
import { visibleLine } from '@/lib/text/visible-text';
import type { TopologyNode } from '@/lib/topology/topology-body';
import type { TopologyGraph } from '@/lib/topology/topology-graph';
import { BlastPart } from './blast-part';
import { FailoverPart } from './failover-part';
import { Figures } from './figures';
import { NeedsPart } from './needs-part';
import { OtherEdgesPart } from './other-edges-part';
import styles from './panel.module.css';
import { PanelHead } from './panel-head';
import { SplitPart } from './split-part';
import { TraceLink } from './trace-link';

/** All that is known of one service among the others. */
export function NodePanel({ graph, node }: { graph: TopologyGraph; node: TopologyNode }) {
  const text = useText();
  const words = text.topology.panel;
  const { setChosen } = useTopologyOptions();
  const { state } = useFreshness(node.dc);
  const { key, dc, name, kind, status, meta, problem } = node;
  const team = Object.hasOwn(meta, 'team') ? meta.team : undefined;
  const isListed = node.instances > 0;
  const shownName = kind === 'any' ? text.topologyGraph.any : visibleLine(name);
  return (
    <article
      className={styles.panel}
      aria-label={words.label(shownName)}
      data-key={key}
      data-status={status}
      data-freshness={state}
    >
      <PanelHead
        kind={[dc, text.topologyGraph.kind[kind], ...(team === undefined ? [] : [`team: ${team}`])]
          .map(visibleLine)
          .join(' · ')}
        name={<bdi>{shownName}</bdi>}
        close={() => void setChosen(null)}
      >
        <p className={styles.standing}>
          {isListed ? <StatusWord status={status} /> : null}
          {isListed ? <SinceWhen nodeKey={key} dc={dc} /> : null}
          <span className={styles.age}>
            <DatacenterFreshness dc={dc} />
          </span>
        </p>
        {problem === null ? null : (
          <p className={styles.problem}>
            <b>{words.problem}</b> {visibleLine(problem)}
          </p>
        )}
      </PanelHead>
      <Figures edges={graph.in(key).filter(({ from }) => from !== key)} node={node} />
      <SplitPart node={node} />
      <BlastPart graph={graph} node={node} />
      <NeedsPart graph={graph} nodeKey={key} />
      <FailoverPart graph={graph} nodeKey={key} />
      <OtherEdgesPart graph={graph} nodeKey={key} />
      <footer className={styles.foot}>
        {isListed ? (
          <Link className={buttons.quiet} prefetch={false} href={serviceHref(dc, name)}>
            {words.service}
          </Link>
        ) : null}
        <TraceLink service={name} dc={dc} from="" to={name} />
      </footer>
    </article>
  );
}

function SinceWhen({ nodeKey, dc }: { nodeKey: string; dc: string }) {
  const select = useCallback(
    (body: FleetBody) =>
      body.datacenters.find(({ name }) => name === dc)?.services.find(({ key }) => key === nodeKey) ?? null,
    [nodeKey, dc],
  );
  const service = useFleet(select);
  return service ? (
    <span className={styles.quiet}>
      <Elapsed iso={service.since} atLeast={service.sinceAtLeast} />
    </span>
  ) : null;
}

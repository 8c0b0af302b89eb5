'use client';

import { useMemo } from 'react';
import { useTopologyScene } from '@/components/topology/topology-scene';
import { useText } from '@/components/ui/text-provider';
import { type StandIn, standInsOf } from '@/lib/topology/stand-ins';
import type { TopologyGraph } from '@/lib/topology/topology-graph';
import { NodeButton } from './node-button';
import styles from './panel.module.css';
import { Part } from './part';
import { SeenSwitch } from './seen-switch';

/** What could serve in a service's place: in which order, with how many healthy instances there, how far away; and when it did. */
export function FailoverPart({ graph, nodeKey }: { graph: TopologyGraph; nodeKey: string }) {
  const words = useText().topology.panel;
  const { body } = useTopologyScene();
  const standIns = useMemo(() => standInsOf(graph, nodeKey), [graph, nodeKey]);
  const switches = body?.switches.filter(({ key }) => key === nodeKey) ?? [];
  return (
    <>
      {standIns.length > 0 ? (
        <Part title={words.failover}>
          <ol className={styles.list}>
            {standIns.map((standIn) => (
              <StandInLine key={standIn.key} graph={graph} standIn={standIn} />
            ))}
          </ol>
        </Part>
      ) : null}
      {switches.length > 0 ? (
        <Part title={words.switches}>
          <ul className={styles.evidence}>
            {switches.map((one) => (
              <SeenSwitch key={`${one.lostAt} ${one.to}`} one={one} />
            ))}
          </ul>
        </Part>
      ) : null}
    </>
  );
}

function StandInLine({ graph, standIn }: { graph: TopologyGraph; standIn: StandIn }) {
  const words = useText().topology.standIn;
  const { key, order, healthy, canServe, roundTripMs } = standIn;
  const facts = [words.healthy(healthy), ...(roundTripMs === null ? [] : [words.roundTrip(roundTripMs)])];
  return (
    <li data-key={key} data-order={order}>
      <span className={styles.quiet}>{words.order(order)}</span>
      <NodeButton nodeKey={key} node={graph.nodes.get(key)} />
      <span className={styles.quiet}>{canServe ? facts.join(' · ') : words.cannot}</span>
    </li>
  );
}

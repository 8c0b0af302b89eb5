'use client';

import { memo } from 'react';
import { MiniMap, type MiniMapNodeProps } from 'reactflow';
import { useText } from '@/components/ui/text-provider';
import { useNodeRecord, useTally } from './graph-context';
import styles from './topology-graph.module.css';

const SIZE = { width: 152, height: 88 };

/** All of the picture, small: where one is in it, and where it is not well. */
export function GraphMap() {
  const text = useText();
  return (
    <MiniMap
      className={styles.map}
      nodeComponent={MapNode}
      ariaLabel={text.topologyGraph.map}
      position="bottom-right"
      style={SIZE}
      pannable
      zoomable
    />
  );
}

const MapNode = memo(function MapNode(props: MiniMapNodeProps) {
  const { id, x, y, width, height } = props;
  if (id.startsWith('lane:')) {
    return <rect className={styles.mapLane} x={x} y={y} width={width} height={height} rx="30" />;
  }
  return <MapDot id={id} x={x + width / 2} y={y + 26} />;
});

function MapDot({ id, x, y }: { id: string; x: number; y: number }) {
  const isService = !id.includes(':');
  const record = useNodeRecord(isService ? id : '');
  const tally = useTally(isService ? '' : id);
  const status = isService ? (record?.status ?? 'unknown') : tally.status;
  const isTrouble = status !== 'passing' && status !== 'unknown';
  return <circle className={styles.mapDot} data-tone={status} cx={x} cy={y} r={isTrouble ? 34 : 16} />;
}

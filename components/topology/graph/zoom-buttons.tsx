'use client';

import { Maximize, Minus, Plus } from 'lucide-react';
import { useText } from '@/components/ui/text-provider';
import styles from './topology-graph.module.css';

interface ZoomButtonsProps {
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
}

export function ZoomButtons({ zoom, showAll }: ZoomButtonsProps) {
  const { zoomOut, zoomIn, fit: whole } = useText().topologyGraph;
  return (
    <div className={styles.zoom}>
      <button type="button" onClick={() => zoom(1 / 1.3)} aria-label={zoomOut} title={zoomOut}>
        <Minus size={14} aria-hidden="true" />
      </button>
      <button type="button" onClick={() => zoom(1.3)} aria-label={zoomIn} title={zoomIn}>
        <Plus size={14} aria-hidden="true" />
      </button>
      <button type="button" onClick={showAll} aria-label={whole} title={whole}>
        <Maximize size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

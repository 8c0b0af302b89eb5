'use client';

import type { ReactNode } from 'react';
import { DrillChoice } from '@/components/topology/drill/drill-choice';
import { ExportMenu } from '@/components/topology/export/export-menu';
import { topologyViews, useTopologyOptions } from '@/components/topology/use-topology-options';
import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';

/** Another view of the same, a drill, the past, a file of it. */
export function TopologyActions({ replay }: { replay: ReactNode }) {
  const words = useText().topology.actions;
  const { view, setView } = useTopologyOptions();
  return (
    <>
      <fieldset className={segmented.group} aria-label={words.view}>
        {topologyViews.map((one) => (
          <button key={one} type="button" aria-pressed={view === one} onClick={() => void setView(one)}>
            {words[one]}
          </button>
        ))}
      </fieldset>
      <DrillChoice />
      {replay}
      <ExportMenu />
    </>
  );
}

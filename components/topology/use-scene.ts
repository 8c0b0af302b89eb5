'use client';

import { useMemo } from 'react';
import { useFilter } from '@/components/filter/use-filter';
import { useTopology } from '@/components/live/use-topology';
import { knownValues } from '@/lib/filter/known-values';
import { topologyNodeFields } from '@/lib/filter/topology-fields';
import { amongOthers } from '@/lib/topology/around/among-others';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { useFound } from './bar/use-found';
import { nothingHidden, type TopologyScene } from './topology-scene';
import { useTopologyOptions } from './use-topology-options';

const whole = (body: TopologyBody) => body;

/** What all parts of the page look at; its parts stay the same objects for as long as nothing of them changes. */
export function useScene(): TopologyScene {
  const body = useTopology(whole);
  const { find, hide } = useTopologyOptions();
  const rows = useMemo(() => (body ? amongOthers(body) : []), [body]);
  const values = useMemo(() => knownValues(topologyNodeFields, rows), [rows]);
  const { matches: finds, ...finding } = useFilter(find, topologyNodeFields, rows);
  const { matches: hides, ...hiding } = useFilter(hide, topologyNodeFields, rows);
  const found = useFound(rows, finds);
  const hidden = useFound(rows, hides) ?? nothingHidden;
  return { body, found, hidden, finding, hiding, values };
}

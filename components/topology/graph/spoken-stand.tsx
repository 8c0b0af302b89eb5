'use client';

import { useMemo } from 'react';
import hidden from '@/components/ui/hidden.module.css';
import { useText } from '@/components/ui/text-provider';
import { keySegments } from '@/lib/fleet/keys';
import { visibleLine } from '@/lib/text/visible-text';
import type { DrawnNode } from '@/lib/topology/view/drawn';
import { useNodeRecord, useTally } from './graph-context';
import type { PlacedGraph } from './use-placement';

/** Says where the keyboard stands to who does not see it. */
export function SpokenStand({ placed, current }: { placed: PlacedGraph | null; current: string | null }) {
  const drawn = current === null ? undefined : placed?.graph.nodes.get(current);
  return (
    <p className={hidden.hidden} aria-live="polite">
      {placed && drawn ? <Stand placed={placed} drawn={drawn} /> : null}
    </p>
  );
}

function Stand({ placed, drawn }: { placed: PlacedGraph; drawn: DrawnNode }) {
  const text = useText();
  const words = text.topologyGraph;
  const record = useNodeRecord(drawn.id);
  const tally = useTally(drawn.kind === 'service' ? '' : drawn.id);
  const { calls, calledBy } = useMemo(() => around(placed, drawn.id), [placed, drawn.id]);
  if (drawn.kind === 'rest') {
    const isWell = tally.services.passing === drawn.members.length;
    return words.restLabel(drawn.members.length, drawn.dc, isWell);
  }
  const name = drawn.name === '' ? drawn.dc : (keySegments(drawn.id)?.at(-1) ?? drawn.name);
  const status = record?.status ?? tally.status;
  const count = record
    ? words.passing(record.passing, record.instances, false)
    : words.passingServices(tally.services.passing, drawn.members.length);
  return words.stands(visibleLine(name), drawn.dc, text.status[status], count, calledBy, calls);
}

function around({ graph }: PlacedGraph, id: string): { calls: number; calledBy: number } {
  let calls = 0;
  let calledBy = 0;
  for (const { from, to } of graph.edges.values()) {
    if (from === id) calls += 1;
    if (to === id) calledBy += 1;
  }
  return { calls, calledBy };
}

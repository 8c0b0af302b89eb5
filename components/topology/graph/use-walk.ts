'use client';

import { type KeyboardEvent, useCallback, useState } from 'react';
import { type Direction, type Stand, walk } from '@/lib/topology/view/walk';
import type { PlacedGraph } from './use-placement';

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

interface Walking {
  readonly placed: PlacedGraph | null;
  /** Where a walk begins; null: nothing is chosen … */
  readonly begin: () => string | null;
  /** … and where else; null: nothing is drawn. */
  readonly beginAnywhere: () => string | null;
  readonly enter: (id: string) => void;
  readonly leave: () => void;
}

interface Sight {
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
}

const STEP = 1.3;

/** A walk along the edges by the arrow keys; `current` is where it stands, null before it began. */
export function useWalk({ placed, begin, beginAnywhere, enter, leave }: Walking) {
  const [stand, setStand] = useState<Stand | null>(null);
  const current = stand !== null && placed?.graph.nodes.has(stand.id) ? stand.id : null;
  const go = (direction: Direction) => {
    if (!placed) return;
    if (current !== null && stand !== null) {
      setStand(walk(placed.graph, placed.placement.nodes, stand, direction) ?? stand);
      return;
    }
    const start = begin() ?? beginAnywhere();
    if (start !== null) setStand({ id: start, via: null });
  };
  const onKeyDown = (event: KeyboardEvent, { zoom, showAll }: Sight) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directions[event.key];
    if (direction) go(direction);
    else if (event.key === 'Enter' || event.key === ' ') {
      if (current === null) return;
      enter(current);
    } else if (event.key === 'Escape') leave();
    else if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0') showAll();
    else return;
    event.preventDefault();
  };
  const stop = useCallback(() => setStand(null), []);
  return { current, onKeyDown, stop };
}

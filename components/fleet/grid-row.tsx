'use client';

import { type ComponentProps, memo } from 'react';
import type { ServiceListItem } from '@/lib/fleet/service-list';
import { sameRow } from '@/lib/fleet/service-row';
import { GridDatacenter } from './grid-datacenter';
import { GridFold } from './grid-fold';
import { GridService } from './grid-service';
import styles from './service-grid.module.css';

interface GridRowProps {
  readonly item: ServiceListItem;
  readonly gone: boolean;
  readonly index: number;
  readonly startPx: number;
  /** The one row that Tab leads to. */
  readonly active: boolean;
  readonly activate: (id: string) => void;
  readonly toggle: (id: string) => void;
}

/** One line of the grid in its place, whatever it stands for. */
export const GridRow = memo(function GridRow({ item, gone, index, startPx, active, activate, toggle }: GridRowProps) {
  const frame = {
    'aria-rowindex': index + 2,
    tabIndex: active ? 0 : -1,
    style: { transform: `translateY(${startPx}px)` },
    onFocus: () => activate(item.id),
    className: styles[item.kind],
  } as const;
  if (item.kind === 'service') return <GridService row={item.row} gone={gone} frame={frame} />;
  if (item.kind === 'datacenter') return <GridDatacenter item={item} frame={frame} toggle={toggle} />;
  return <GridFold item={item} frame={frame} toggle={toggle} />;
}, looksTheSame);

/** A change of one service must not paint the others again. */
function looksTheSame(before: GridRowProps, after: GridRowProps): boolean {
  const { item: a, ...placeBefore } = before;
  const { item: b, ...placeAfter } = after;
  const sameItem = a.kind === 'service' && b.kind === 'service' ? sameRow(a.row, b.row) : a === b;
  return (
    sameItem && Object.entries(placeBefore).every(([name, value]) => Object.is(Reflect.get(placeAfter, name), value))
  );
}

export type GridFrame = Pick<ComponentProps<'tr'>, 'tabIndex' | 'style' | 'onFocus' | 'className'> & {
  readonly 'aria-rowindex': number;
};

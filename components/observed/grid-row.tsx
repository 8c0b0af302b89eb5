'use client';

import { type ComponentProps, memo, type ReactNode } from 'react';
import type { ListItem } from '@/lib/fleet/grouped-list';
import type { FreshnessState } from '@/lib/fleet/model';
import { GridDatacenter } from './grid-datacenter';
import { GridFold } from './grid-fold';
import styles from './list-grid.module.css';

/** What every line of a grid bears, whatever it stands for. */
export type GridFrame = Pick<ComponentProps<'tr'>, 'tabIndex' | 'style' | 'onFocus' | 'className'> & {
  readonly 'aria-rowindex': number;
};

/** Shows one record as a row; `gone`: it is no longer there, and keeps its place while somebody reads. */
export type ShowRow<Row> = (row: Row, gone: boolean, frame: GridFrame) => ReactNode;

interface GridRowProps<Row> {
  readonly item: ListItem<string, Row>;
  readonly gone: boolean;
  readonly index: number;
  readonly startPx: number;
  /** The one row that Tab leads to. */
  readonly active: boolean;
  readonly activate: (id: string) => void;
  readonly toggle: (id: string) => void;
  readonly showRow: ShowRow<Row>;
  /** What a datacenter without a record says. */
  readonly emptyWords: Readonly<Record<FreshnessState, string>>;
}

function Line<Row>(props: GridRowProps<Row>) {
  const { item, gone, index, startPx, active, activate, toggle, showRow, emptyWords } = props;
  const frame = {
    'aria-rowindex': index + 2,
    tabIndex: active ? 0 : -1,
    style: { transform: `translateY(${startPx}px)` },
    onFocus: () => activate(item.id),
    className: styles['row' in item ? 'row' : item.kind],
  } as const;
  if ('row' in item) return showRow(item.row, gone, frame);
  if (item.kind === 'datacenter') return <GridDatacenter item={item} frame={frame} toggle={toggle} />;
  return <GridFold item={item} frame={frame} toggle={toggle} emptyWords={emptyWords} />;
}

/** One line of the grid in its place, whatever it stands for. A change of one record must not paint the others again. */
export const GridRow = memo(Line, looksTheSame) as typeof Line;

/** Rows are made anew at each change of the fleet, what they hold is not. */
function looksTheSame<Row>(before: GridRowProps<Row>, after: GridRowProps<Row>): boolean {
  const { item: a, ...placeBefore } = before;
  const { item: b, ...placeAfter } = after;
  const sameItem = 'row' in a && 'row' in b ? a.id === b.id && sameFields(a.row, b.row) : a === b;
  return sameItem && sameFields(placeBefore, placeAfter);
}

function sameFields<T>(a: T, b: T): boolean {
  return Object.entries(a as object).every(([name, value]) => Object.is(Reflect.get(b as object, name), value));
}

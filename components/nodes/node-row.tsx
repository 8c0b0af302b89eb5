'use client';

import Link from 'next/link';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import type { GridFrame, ShowRow } from '@/components/observed/grid-row';
import grid from '@/components/observed/list-grid.module.css';
import { Elapsed } from '@/components/observed/since';
import { Glow } from '@/components/ui/glow';
import { nodeHref } from '@/components/ui/links';
import { Name } from '@/components/ui/name';
import { StatusWord } from '@/components/ui/status-word';
import { useText } from '@/components/ui/text-provider';
import type { NodeRow } from '@/lib/fleet/node-row';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './node-grid.module.css';

/** So many names are in the row: it has no room for more, and a node may have hundreds. */
const NAMES_SHOWN = 12;

/** One node: its state, its address, since when, and what runs there. */
function NodeLine({ row, gone, frame }: { row: NodeRow; gone: boolean; frame: GridFrame }) {
  const text = useText();
  const { dc, node, freshness } = row;
  const shown = node.services.slice(0, NAMES_SHOWN).map(visibleLine).join(', ');
  return (
    <tr
      {...frame}
      aria-level={2}
      data-key={node.key}
      data-status={node.status}
      data-freshness={freshness}
      data-gone={gone || undefined}
      data-unconfirmed={node.unconfirmed || undefined}
    >
      <td>
        <StatusWord status={node.status} />
        <Glow of={node.status} />
      </td>
      <td className={grid.name}>
        <Link prefetch={false} href={nodeHref(dc, node.name)} tabIndex={-1}>
          <Name>{node.name}</Name>
        </Link>
      </td>
      <td className={`${grid.quiet} ${styles.dc}`}>{dc}</td>
      <td className={`${grid.words} ${styles.address}`}>{visibleLine(node.address)}</td>
      <td className={`${grid.number} ${styles.services}`}>{text.number(node.services.length)}</td>
      <td className={`${grid.number} ${grid.quiet}`}>
        {gone ? (
          text.order.gone
        ) : freshness === 'live' ? (
          <Elapsed iso={node.since} atLeast={node.sinceAtLeast} short />
        ) : (
          <DatacenterAge dc={dc} />
        )}
      </td>
      <td className={`${grid.quiet} ${styles.runs}`} title={shown}>
        {node.unconfirmed ? text.unconfirmed.label + text.comma : null}
        {shown}
        {node.services.length > NAMES_SHOWN ? ' …' : null}
      </td>
    </tr>
  );
}

export const showNode: ShowRow<NodeRow> = (row, gone, frame) => <NodeLine row={row} gone={gone} frame={frame} />;

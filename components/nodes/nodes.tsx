'use client';

import { useCallback, useMemo } from 'react';
import { FilterInput } from '@/components/filter/filter-input';
import { useFilter } from '@/components/filter/use-filter';
import { useNodes } from '@/components/live/use-nodes';
import { useView } from '@/components/observed/use-view';
import { ListHead } from '@/components/ui/grid/list-head';
import { ListToolbar } from '@/components/ui/grid/list-toolbar';
import { useToggled } from '@/components/ui/grid/use-toggled';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import { knownValues } from '@/lib/filter/known-values';
import { nodeFields } from '@/lib/filter/node-fields';
import { formatSort } from '@/lib/fleet/column-sort';
import type { NodesBody } from '@/lib/fleet/model';
import { nodeList } from '@/lib/fleet/node-list';
import { nodeRows } from '@/lib/fleet/node-row';
import { NoNodes } from './no-nodes';
import { NodeGrid } from './node-grid';
import { useNodeListOptions } from './use-node-list-options';

/** Every node in every datacenter. */
export function Nodes() {
  const text = useText();
  const { connected, dc } = useView();
  const nodes = useNodes(useCallback((body: NodesBody) => body, []));
  const { filter, setFilter, sort, setSort, grouped, setGrouped } = useNodeListOptions();
  const rows = useMemo(() => nodes && nodeRows(nodes, connected, dc), [nodes, connected, dc]);
  const { matches, ...reading } = useFilter(filter, nodeFields, rows);
  const { applied } = reading;
  const values = useMemo(() => knownValues(nodeFields, nodes ? nodeRows(nodes, true) : []), [nodes]);
  const { toggled, toggle } = useToggled();
  const list = useMemo(
    () => nodes && nodeList(nodes, { connected, dc, matches, sort, grouped, toggled }),
    [nodes, connected, dc, matches, sort, grouped, toggled],
  );
  const view = JSON.stringify([dc, applied, formatSort(sort), grouped, [...toggled]]);
  return (
    <>
      <PageTitle parts={[text.pages.nodes, ...(dc === null ? [] : [dc])]} />
      <ListHead title={text.pages.nodes}>
        <FilterInput
          schema={nodeFields}
          values={values}
          value={filter}
          onChange={setFilter}
          {...reading}
          label={text.nodes.filter}
        />
      </ListHead>
      <ListToolbar counts={list?.counts} grouped={grouped} setGrouped={setGrouped} />
      <NodeGrid list={list} view={view} sort={sort} setSort={setSort} toggle={toggle}>
        <NoNodes nodes={nodes} filter={applied} />
      </NodeGrid>
    </>
  );
}

'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { FilterInput } from '@/components/filter/filter-input';
import { useFilter } from '@/components/filter/use-filter';
import { useTopologyScene } from '@/components/topology/topology-scene';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';
import { useTypedText } from '@/components/ui/use-typed-text';
import { knownValues } from '@/lib/filter/known-values';
import { topologyEdgeFields } from '@/lib/filter/topology-fields';
import { EdgeRows } from './edge-rows';
import { FailoverRows } from './failover-rows';
import { ServiceRows } from './service-rows';
import { SourceRows } from './source-rows';
import styles from './table.module.css';
import { useShown } from './use-shown';

const listed = ['services', 'edges', 'failover', 'sources'] as const;
const listedParser = parseAsStringLiteral(listed).withDefault('services').withOptions({ history: 'push' });

/** The facts of the picture as lines: services, calls, what stands in for what, and what tells of it all. */
export function TopologyTable() {
  const words = useText().topology.table;
  const [rows, setRows] = useQueryState('rows', listedParser);
  const { finding, hiding } = useTopologyScene();
  const { edges: shown } = useTopologyOptions();
  const view = JSON.stringify([rows, finding.applied, hiding.applied, shown]);
  return (
    <div className={styles.view}>
      <div className={styles.top}>
        <fieldset className={segmented.group} aria-label={words.rows}>
          {listed.map((one) => (
            <button key={one} type="button" aria-pressed={rows === one} onClick={() => void setRows(one)}>
              {words[one]}
            </button>
          ))}
        </fieldset>
        {rows === 'services' ? <ServiceCount /> : null}
      </div>
      {rows === 'services' ? <ServiceRows view={view} /> : null}
      {rows === 'edges' ? <FilteredEdges view={view} /> : null}
      {rows === 'failover' ? <FailoverRows view={view} /> : null}
      {rows === 'sources' ? <SourceRows /> : null}
    </div>
  );
}

function ServiceCount() {
  const words = useText().topology.table;
  const { body } = useTopologyScene();
  const { nodes } = useShown();
  return <span className={styles.count}>{words.shown(nodes.length, body?.nodes.length ?? 0)}</span>;
}

function FilteredEdges({ view }: { view: string }) {
  const words = useText().topology.table;
  const [typed, type] = useTypedText('calls');
  const { body } = useTopologyScene();
  const { edges } = useShown();
  const { matches, ...reading } = useFilter(typed ?? '', topologyEdgeFields, edges);
  const matching = useMemo(() => (matches ? edges.filter(matches) : edges), [edges, matches]);
  const values = useMemo(() => knownValues(topologyEdgeFields, edges), [edges]);
  return (
    <>
      <div className={styles.top}>
        <div className={styles.filter}>
          <FilterInput
            {...{ schema: topologyEdgeFields, values, value: typed ?? '', onChange: type, label: words.filterEdges }}
            {...reading}
            bySlash={false}
          />
        </div>
        <span className={styles.count}>{words.shown(matching.length, body?.edges.length ?? 0)}</span>
      </div>
      <EdgeRows edges={matching} view={`${view} ${reading.applied}`} />
    </>
  );
}

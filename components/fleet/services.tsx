'use client';

import { useMemo } from 'react';
import { FilterInput } from '@/components/filter/filter-input';
import { useFilter } from '@/components/filter/use-filter';
import { useView } from '@/components/observed/use-view';
import { ListHead } from '@/components/ui/grid/list-head';
import { ListToolbar } from '@/components/ui/grid/list-toolbar';
import { useToggled } from '@/components/ui/grid/use-toggled';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import { knownValues } from '@/lib/filter/known-values';
import { serviceFields } from '@/lib/filter/service-fields';
import { formatSort } from '@/lib/fleet/column-sort';
import { serviceList } from '@/lib/fleet/service-list';
import { serviceRows } from '@/lib/fleet/service-row';

import { ServiceGrid } from './service-grid';
import { useListOptions } from './use-list-options';

/** Every service in every datacenter. */
export function Services() {
  const text = useText();
  const { fleet, connected, dc } = useView();
  const options = useListOptions();
  const { filter, setFilter, sort, grouped } = options;
  const rows = useMemo(() => fleet && serviceRows(fleet, connected, dc), [fleet, connected, dc]);
  const { matches, ...reading } = useFilter(filter, serviceFields, rows);
  const values = useMemo(() => knownValues(serviceFields, fleet ? serviceRows(fleet, true) : []), [fleet]);
  const { toggled, toggle } = useToggled();
  const list = useMemo(
    () => fleet && serviceList(fleet, { connected, dc, matches, sort, grouped, toggled }),
    [fleet, connected, dc, matches, sort, grouped, toggled],
  );
  const view = JSON.stringify([dc, reading.applied, formatSort(sort), grouped, [...toggled]]);
  return (
    <>
      <PageTitle parts={[text.pages.services, ...(dc === null ? [] : [dc])]} />
      <ListHead title={text.pages.services}>
        <FilterInput
          schema={serviceFields}
          values={values}
          value={filter}
          onChange={setFilter}
          {...reading}
          label={text.services.filter}
        />
      </ListHead>
      <ListToolbar counts={list?.counts} grouped={grouped} setGrouped={options.setGrouped} />
      <ServiceGrid list={list} view={view} options={options} filter={reading.applied} toggle={toggle} />
    </>
  );
}

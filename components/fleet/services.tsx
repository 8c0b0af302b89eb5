'use client';

import { useCallback, useMemo, useState } from 'react';
import { useView } from '@/components/observed/use-view';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import { formatSort } from '@/lib/fleet/column-sort';
import { serviceList } from '@/lib/fleet/service-list';

import { ServiceFilter } from './service-filter';
import { ServiceGrid } from './service-grid';
import styles from './services.module.css';
import { ServicesToolbar } from './services-toolbar';
import { useListOptions } from './use-list-options';

const none: ReadonlySet<string> = new Set();

/** Every service in every datacenter. */
export function Services() {
  const text = useText();
  const { fleet, connected, dc } = useView();
  const options = useListOptions();
  const { query, sort, grouped } = options;
  const [toggled, setToggled] = useState(none);
  const list = useMemo(
    () => fleet && serviceList(fleet, { connected, dc, query, sort, grouped, toggled }),
    [fleet, connected, dc, query, sort, grouped, toggled],
  );
  const toggle = useCallback((id: string) => {
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const view = JSON.stringify([dc, query, formatSort(sort), grouped, [...toggled]]);
  return (
    <>
      <PageTitle parts={[text.pages.services, ...(dc === null ? [] : [dc])]} />
      <div className={styles.head}>
        <h1>{text.pages.services}</h1>
        <ServiceFilter query={query} setQuery={options.setQuery} />
      </div>
      <ServicesToolbar list={list} options={options} />
      <ServiceGrid list={list} view={view} options={options} toggle={toggle} />
    </>
  );
}

'use client';

import { ListGrid } from '@/components/observed/list-grid';
import { useText } from '@/components/ui/text-provider';
import type { ServiceList } from '@/lib/fleet/service-list';
import { GridHead } from './grid-head';
import { showService } from './grid-service';
import { NoServices } from './no-services';
import styles from './service-grid.module.css';
import type { ListOptions } from './use-list-options';

interface ServiceGridProps {
  readonly list: ServiceList | undefined;
  readonly view: string;
  readonly options: ListOptions;
  /** The text of the filter that is applied. */
  readonly filter: string;
  readonly toggle: (id: string) => void;
}

/** The list of services. */
export function ServiceGrid({ list, view, options, filter, toggle }: ServiceGridProps) {
  const text = useText();
  const { empty, emptyWhenLastSeen, lost, denied } = text.datacenters;
  return (
    <ListGrid
      list={list}
      view={view}
      label={text.pages.services}
      columns={9}
      className={styles.table}
      head={(offer) => <GridHead sort={options.sort} setSort={options.setSort} offer={offer} />}
      showRow={showService}
      emptyWords={{ live: empty, stale: emptyWhenLastSeen, lost, denied }}
      toggle={toggle}
    >
      <NoServices filter={filter} />
    </ListGrid>
  );
}

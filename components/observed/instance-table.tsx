'use client';

import { useMemo, useState } from 'react';
import { Card, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { OrderOffer } from '@/components/ui/grid/order-offer';
import { useHeldOrder } from '@/components/ui/grid/use-held-order';
import table from '@/components/ui/table.module.css';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState, Instance, PlacedInstance } from '@/lib/fleet/model';
import { compareNames, severity } from '@/lib/fleet/rank';
import { InstanceRow } from './instance-row';
import styles from './instance-table.module.css';

/** So many instances that pass are shown at first; those that do not are always shown. */
const PASSING_AT_FIRST = 30;

interface InstanceTableProps {
  readonly instances: readonly (Instance | PlacedInstance)[];
  readonly title: string;
  /** What the column of names names. */
  readonly names: string;
  readonly dc: string;
  readonly freshness: FreshnessState;
  readonly gone: boolean;
}

/** Every instance with every check, the worst first. */
export function InstanceTable({ title, instances, names, dc, freshness, gone }: InstanceTableProps) {
  const text = useText();
  const [all, showAll] = useState(false);
  const sorted = useMemo(() => {
    const items = instances.map((instance) => ({ id: instance.key, instance }));
    return items.sort(
      (a, b) =>
        severity(a.instance.status) - severity(b.instance.status) ||
        compareNames(a.instance.node, b.instance.node) ||
        compareNames(a.instance.id, b.instance.id),
    );
  }, [instances]);
  const wanted = useMemo(() => {
    const wrong = sorted.filter(({ instance }) => instance.status !== 'passing').length;
    return all ? sorted : sorted.slice(0, wrong + PASSING_AT_FIRST);
  }, [all, sorted]);
  const current = useMemo(() => new Map(sorted.map((item) => [item.id, item])), [sorted]);
  const { items, handlers, ...offer } = useHeldOrder(wanted, current, `${all}`);
  const more = sorted.length - wanted.length;
  const seen =
    freshness === 'live' && !gone ? text.service.worstFirst : text.service.worstFirst + text.comma + text.service.when;

  return (
    <Card aria-labelledby="instances" data-freshness={gone ? 'lost' : freshness}>
      <CardTitle
        id="instances"
        count={text.number(instances.length)}
        aside={offer.moved ? <OrderOffer {...offer} /> : seen}
      >
        {title}
      </CardTitle>
      {items.length === 0 ? (
        <EmptyState title={text.service.noInstances} />
      ) : (
        <div className={styles.scroll}>
          <table className={`${table.table} ${styles.instances}`} aria-labelledby="instances" {...handlers}>
            <thead>
              <tr>
                <th className={styles.status}>{text.services.column.status}</th>
                <th className={styles.since}>{text.services.column.since}</th>
                <th className={styles.id}>{names}</th>
                <th className={styles.address}>{text.service.address}</th>
                <th className={styles.version}>{text.service.version}</th>
                <th className={styles.weights} title={text.service.weightsWhy}>
                  {text.service.weights}
                </th>
                <th className={styles.checks}>{text.service.checks}</th>
                <th className={styles.tags}>{text.service.tagsMeta}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ item, gone: left }) => (
                <InstanceRow key={item.id} instance={item.instance} dc={dc} freshness={freshness} gone={left || gone} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 ? (
        <button type="button" className={styles.more} onClick={() => showAll(true)}>
          {text.service.more(more)}
        </button>
      ) : null}
    </Card>
  );
}

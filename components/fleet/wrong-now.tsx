'use client';

import Link from 'next/link';
import { useMemo, useState } from 'react';
import { useView } from '@/components/observed/use-view';
import { Card, CardTitle } from '@/components/ui/card';
import { OrderOffer } from '@/components/ui/grid/order-offer';
import { useHeldOrder } from '@/components/ui/grid/use-held-order';
import { servicesHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import { compareWorstFirst } from '@/lib/fleet/rank';
import { serviceRows } from '@/lib/fleet/service-row';
import { NothingWrong } from './nothing-wrong';
import styles from './wrong-now.module.css';
import { WrongRow } from './wrong-row';

/** So many at first: the worst, on one screen. */
const AT_FIRST = 12;

/** Every service that is not passing, the worst first; those that are healthy, folded. */
export function WrongNow() {
  const text = useText();
  const { fleet, connected, dc } = useView();
  const [all, showAll] = useState(false);
  const { wrong, current, healthy } = useMemo(() => {
    const rows = fleet ? serviceRows(fleet, connected, dc) : [];
    const items = rows.map((row) => ({ id: row.service.key, row }));
    const notPassing = items.filter(({ row }) => row.service.status !== 'passing');
    notPassing.sort((a, b) => compareWorstFirst(a.row, b.row));
    const current = new Map(items.map((item) => [item.id, item]));
    return { wrong: notPassing, current, healthy: rows.length - notPassing.length };
  }, [fleet, connected, dc]);
  const wanted = useMemo(() => (all ? wrong : wrong.slice(0, AT_FIRST)), [all, wrong]);
  const { items, handlers, ...offer } = useHeldOrder(wanted, current, `${dc} ${all}`);
  const more = wrong.length - AT_FIRST;

  return (
    <Card aria-labelledby="wrong-now">
      <CardTitle id="wrong-now" count={text.number(wrong.length)} aside={<OrderOffer {...offer} />}>
        {text.overview.wrong}
      </CardTitle>
      {items.length === 0 ? (
        <NothingWrong />
      ) : (
        <ul className={styles.rows} aria-labelledby="wrong-now" {...handlers}>
          {items.map(({ item, gone }) => (
            <WrongRow key={item.id} row={item.row} gone={gone} />
          ))}
        </ul>
      )}
      <div className={styles.foot}>
        {more > 0 ? (
          <button type="button" onClick={() => showAll(!all)} aria-expanded={all}>
            {all ? text.overview.fewer : text.overview.more(more)}
          </button>
        ) : null}
        {healthy > 0 ? (
          <Link className={styles.healthy} href={servicesHref(dc)}>
            {text.overview.healthy(healthy)}
          </Link>
        ) : null}
      </div>
    </Card>
  );
}

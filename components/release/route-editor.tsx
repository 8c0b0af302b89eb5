'use client';

import { Plus } from 'lucide-react';
import { useRef } from 'react';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import { aroundOf, isWholeRoute } from '@/lib/release/slider/draft';
import type { HeaderRoute, SplitRecord } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './around.module.css';
import { OrderButtons } from './order-buttons';
import { RouteFields } from './route-fields';
import type { DraftView } from './use-draft';
import { useMoves } from './use-moves';

/** As the API bounds it. */
const MOST_ROUTES = 50;

/** Which requests go to which version by a header, the first that fits first. */
export function RouteEditor({ split, view }: { split: SplitRecord; view: DraftView }) {
  const { release } = useText();
  const list = useRef<HTMLOListElement | null>(null);
  const routes = view.draft.routes ?? aroundOf(view.draft, split).routes;
  const set = (next: readonly HeaderRoute[]) => view.change({ routes: next });
  const move = useMoves(list, routes, set);
  const nameOf = ({ header }: HeaderRoute) => (header === '' ? release.routeEmpty : visibleLine(header));
  return (
    <>
      <p>{routes.length === 0 ? release.noRoutes : release.routesHint}</p>
      <ol ref={list}>
        {routes.map((route, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is being typed is no name, and two may be alike.
          <li key={at} className={styles.item}>
            <RouteFields
              route={route}
              versions={view.order}
              change={(part) => set(routes.map((one, n) => (n === at ? { ...one, ...part } : one)))}
            />
            <OrderButtons
              what={nameOf(route)}
              removes={release.removeRoute(nameOf(route))}
              {...{ at, count: routes.length }}
              move={(to) => move(at, to)}
              remove={() => set(routes.filter((_, n) => n !== at))}
            />
          </li>
        ))}
      </ol>
      {routes.every(isWholeRoute) ? null : <p role="status">{release.routeWrong}</p>}
      <button
        type="button"
        className={buttons.quiet}
        disabled={routes.length >= MOST_ROUTES}
        onClick={() => set([...routes, { header: '', value: '', version: view.order[0] ?? '' }])}
      >
        <Plus size={14} aria-hidden="true" />
        {release.addRoute}
      </button>
    </>
  );
}

'use client';

import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useTypedText } from '@/components/ui/use-typed-text';
import { edgesShown } from '@/lib/topology/view/shown-edges';

export const topologyViews = ['graph', 'table'] as const;

const pushed = { history: 'push' } as const;
const edgesParser = parseAsStringLiteral(edgesShown).withDefault('all').withOptions(pushed);
const viewParser = parseAsStringLiteral(topologyViews).withDefault('graph').withOptions(pushed);
const groupParser = parseAsString.withOptions(pushed);
const openParser = parseAsArrayOf(parseAsString).withDefault([]).withOptions(pushed);
const keyParser = parseAsString.withOptions(pushed);
const hopsParser = parseAsInteger.withDefault(2).withOptions(pushed);

/** The most hops of a focus: beyond it nearly everything is in reach. */
export const MOST_HOPS = 9;

const bounded = (hops: number): number => Math.min(MOST_HOPS, Math.max(0, hops));

/** How the reader wants to see who depends on whom; all of it is in the URL, so that a link shows the same. */
export function useTopologyOptions() {
  const [find, setFind] = useTypedText('find');
  const [hide, setHide] = useTypedText('hide');
  const [view, setView] = useQueryState('view', viewParser);
  const [edges, setEdges] = useQueryState('edges', edgesParser);
  /** `service`, `datacenter`, `tag` or `meta.<key>`; null: as suits how many there are. */
  const [group, setGroup] = useQueryState('group', groupParser);
  /** Ids of groups and folds that are opened. */
  const [open, setOpen] = useQueryState('open', openParser);
  /** Key of the node or the edge that the panel tells of. */
  const [chosen, setChosen] = useQueryState('chosen', keyParser);
  /** Key of the service around which alone is shown what lies within so many hops. */
  const [focus, setFocus] = useQueryState('focus', keyParser);
  const [up, setUp] = useQueryState('up', hopsParser);
  const [down, setDown] = useQueryState('down', hopsParser);
  return {
    find: find ?? '',
    setFind,
    hide: hide ?? '',
    setHide,
    view,
    setView,
    edges,
    setEdges,
    group,
    setGroup,
    open,
    setOpen,
    chosen,
    setChosen,
    focus,
    setFocus,
    up: bounded(up),
    setUp,
    down: bounded(down),
    setDown,
  };
}

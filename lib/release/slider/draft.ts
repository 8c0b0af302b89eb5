import { sameShares } from '@/lib/release/drift/differences';
import type { Mechanism } from '@/lib/release/mechanism';
import type { HeaderRoute, Shares, SplitRecord, SplitWish, VersionStage } from '@/lib/release/split-body';
import { startingShares } from './starting-shares';

/** What a reader has set on the page and not written. Null: untouched, it stays as it stands. */
export interface Draft {
  /** Null: that by which the traffic is divided now. */
  readonly mechanism: Mechanism | null;
  readonly shares: Shares | null;
  readonly routes: readonly HeaderRoute[] | null;
  readonly failover: readonly string[] | null;
  /** Of the versions that were touched. */
  readonly stages: Readonly<Record<string, VersionStage>>;
}

export const emptyDraft: Draft = { mechanism: null, shares: null, routes: null, failover: null, stages: {} };

/**
 * The mechanism that the page shows: the chosen one, else that which divides the traffic, else the last wished, else that which is obeyed by what is seen to
 * carry the traffic, else the first that can.
 */
export function shownMechanism(draft: Draft, split: SplitRecord): Mechanism {
  const { mechanisms, observation } = split;
  const able = mechanisms.filter(({ can }) => can).map(({ mechanism }) => mechanism);
  const obeyed = able.find((mechanism) => observation.state === 'observed' && mechanism === observation.obeys);
  const first = able[0] ?? mechanisms[0]?.mechanism ?? 'mesh';
  return draft.mechanism ?? split.mechanism ?? split.wished?.mechanism ?? obeyed ?? first;
}

/** The header routes and the failover order that the shown mechanism has, as far as is known: of another than that which divides the traffic nothing is. */
export function aroundOf(draft: Draft, split: SplitRecord): Pick<SplitRecord, 'routes' | 'failover'> {
  return shownMechanism(draft, split) === split.mechanism ? split : { routes: [], failover: [] };
}

/**
 * What is to be asked of the server; null: nothing was set that differs from what stands. Shares that are declared already are no wish, unless by
 * another mechanism than the one that declares them. A policy document begins with shares: where there is none yet, what stands is asked for with the rest.
 */
export function wishOf(draft: Draft, split: SplitRecord): SplitWish | null {
  const mechanism = shownMechanism(draft, split);
  const { declared, present } = startingShares(split, mechanism);
  const around = aroundOf(draft, split);
  const set = draft.shares !== null && !sameShares(draft.shares, declared) ? draft.shares : null;
  const routes = draft.routes !== null && !sameList(draft.routes, around.routes, routeKey) ? draft.routes : null;
  const failover =
    draft.failover !== null && !sameList(draft.failover, around.failover, (dc) => dc) ? draft.failover : null;
  const stages = Object.entries(draft.stages).filter(
    ([version, stage]) => split.versions.find((one) => one.version === version)?.stage !== stage,
  );
  if (!set && !routes && !failover && stages.length === 0) return null;
  const shares = set ?? (mechanism === 'policy' && declared === null ? present : null);
  return {
    mechanism,
    ...(shares ? { shares } : {}),
    ...(routes ? { routes: routes.map(trimmed) } : {}),
    ...(failover ? { failover: [...failover] } : {}),
    ...(stages.length > 0 ? { stages: Object.fromEntries(stages) } : {}),
  };
}

/** A route that lacks a part cannot be asked for. */
export const isWholeRoute = ({ header, value, version }: HeaderRoute): boolean =>
  header.trim() !== '' && value !== '' && version !== '';

const trimmed = (route: HeaderRoute): HeaderRoute => ({ ...route, header: route.header.trim() });
const routeKey = ({ header, value, version }: HeaderRoute): string => JSON.stringify([header.trim(), value, version]);

function sameList<Item>(a: readonly Item[], b: readonly Item[], key: (item: Item) => string): boolean {
  return a.length === b.length && a.every((item, n) => key(item) === key(b[n] as Item));
}

import { canonicalJson } from '@/lib/configuration/canonical-json';
import type { JsonObject } from '@/lib/release/json';
import { toBasisPoints } from '@/lib/release/shares/normalize-shares';
import type { HeaderRoute, Shares, VersionStage } from '@/lib/release/split-body';
import { POLICY_FORMAT, type PolicyDocument } from './policy-document';

export interface PolicyChange {
  readonly service: string;
  /** Absent: as they stand. There must be shares where there is no document yet. */
  readonly shares?: Shares | undefined;
  readonly routes?: readonly HeaderRoute[] | undefined;
  /** By version; one that is not named stays what it is. */
  readonly stages: Readonly<Record<string, VersionStage>>;
}

/** The document as it is to be written, with its whole text. */
export interface PlannedPolicy {
  readonly json: JsonObject;
  readonly text: string;
}

/**
 * What is to be written for a change, with every field that others added kept where it was. Null: it stands so already.
 * @param standing null: there is no document
 */
export function planPolicy(
  standing: { readonly document: PolicyDocument; readonly json: JsonObject } | null,
  change: PolicyChange,
): PlannedPolicy | null {
  const before = standing?.document ?? null;
  const shares = change.shares ?? before?.shares ?? {};
  const routes = change.routes ? change.routes.map((route) => keptRoute(before, route)) : (before?.routes ?? []);
  const stages = activeLeftOut({ ...before?.stages, ...change.stages });
  if (before && sameShares(before.shares, shares) && sameRest(before, { routes, stages })) return null;
  // Who wrote it last did so at another time.
  const { updatedAt, ...kept } = standing?.json ?? {};
  // What others added was parsed from JSON, so that the whole is JSON.
  const json = {
    ...{ format: POLICY_FORMAT, service: change.service, version: 0 },
    ...kept,
    ...{ format: POLICY_FORMAT, version: (before?.version ?? 0) + 1 },
    shares: before && sameShares(before.shares, shares) ? before.shares : shares,
    ...{ routes, stages, updatedBy: 'lictor' },
  } as JsonObject;
  return { json, text: `${JSON.stringify(json, null, 2)}\n` };
}

/** With what others said of the same route. */
function keptRoute(before: PolicyDocument | null, route: HeaderRoute): PolicyDocument['routes'][number] {
  const { header, value, version } = route;
  const same = before?.routes.find((one) => one.header === header && one.value === value && one.version === version);
  return same ?? { header, value, version };
}

/** A version of which nobody said anything is active: nothing is written of it. */
function activeLeftOut(stages: Readonly<Record<string, VersionStage>>): Record<string, VersionStage> {
  return Object.fromEntries(Object.entries(stages).filter(([, stage]) => stage !== 'active'));
}

/** Whether both divide alike: a version with nothing may be named or left out. */
function sameShares(one: Shares, other: Shares): boolean {
  const named = (shares: Shares) => Object.fromEntries([...toBasisPoints(shares)].filter(([, share]) => share > 0));
  return canonicalJson(named(one)) === canonicalJson(named(other));
}

function sameRest(before: PolicyDocument, after: Pick<PolicyDocument, 'routes' | 'stages'>): boolean {
  return canonicalJson([before.routes, activeLeftOut(before.stages)]) === canonicalJson([after.routes, after.stages]);
}

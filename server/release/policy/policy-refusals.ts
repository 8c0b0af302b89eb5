import { checkShares, shareOf } from '@/lib/release/shares/normalize-shares';
import type { Shares, SplitWarning, SplitWish } from '@/lib/release/split-body';
import { isInTraffic } from '@/lib/release/verified';
import { PlanRefused, type SplitSubject } from '@/server/release/actuator';
import type { PolicyStanding } from './policy-standing';

/** @throws PlanRefused where a policy document cannot say this, or must not */
export function assertWish(subject: SplitSubject, { policy, target }: PolicyStanding, wish: SplitWish): void {
  const { shares, routes, failover = [] } = wish;
  if (failover.length > 0) {
    throw new PlanRefused(
      'no-failover',
      'A policy document says nothing of failover: order the datacenters by the mesh. Nothing is written.',
    );
  }
  const versions = [...new Set(subject.instances.map(({ version }) => version))];
  if (shares) assertShares(subject, shares, versions);
  else if (policy.state === 'none' && routes) {
    throw new PlanRefused(
      'no-shares',
      `There is nothing at ${target} yet, and a document begins with shares: give them too.`,
    );
  }
  const stranger = routes?.find(({ version }) => !versions.includes(version));
  if (stranger) {
    const named = JSON.stringify(stranger.version);
    throw new PlanRefused(
      'unknown-version',
      `A route leads to ${named}, of which no instance is registered: register one first, or leave the route out. Nothing is written.`,
    );
  }
}

function assertShares(subject: SplitSubject, shares: Shares, versions: readonly string[]): void {
  const wrong = checkShares(shares, versions);
  if (wrong !== null) throw new PlanRefused('shares', wrong);
  const dead = versions.find((version) => shareOf(shares, version) > 0 && !takesTraffic(subject, version));
  if (dead === undefined) return;
  throw new PlanRefused(
    'no-healthy-target',
    `${shareOf(shares, dead)}% would go to ${JSON.stringify(dead)}, of which no instance can take traffic, so nothing is written: ` +
      'mend one of them first, or give this version 0%.',
  );
}

/** A consumer falls back where a route leads to nothing; a person should know. */
export function routeWarnings(subject: SplitSubject, { routes = [] }: SplitWish): SplitWarning[] {
  return routes
    .filter(({ version }) => !takesTraffic(subject, version))
    .map(({ header, value, version }) => ({
      severity: 'warning',
      code: 'route-without-target',
      sentence:
        `No instance of ${JSON.stringify(version)} can take traffic now: requests with ${JSON.stringify(`${header}: ${value}`)} are served by ` +
        'what the shares say until one can.',
    }));
}

const takesTraffic = ({ instances }: SplitSubject, version: string): boolean =>
  instances.some((instance) => instance.version === version && isInTraffic(instance));

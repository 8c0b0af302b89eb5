import type { Chance } from './chance';
import type { LabelledHistory } from './labelled-history';
import { H, MIN, named, S, standing, storyOfService, usualInterval } from './told-history';
import type { Happening } from './told-service';

/** One to four rollouts in half a day, each instance after the other: the same ids again, or new ones for old. */
export function deployments(chance: Chance): LabelledHistory {
  const rollouts = chance.pick([1, 1, 1, 2, 2, 3, 4]);
  const inPlace = chance.happens(0.5);
  const intervalMs = usualInterval(chance);
  const count = chance.pick([1, 2, 3, 4, 5, 6, 8, 10, 15, 20]);
  const pace = {
    downMs: chance.scaled(3 * S, MIN),
    warmMs: chance.scaled(3 * S, MIN),
    pauseMs: chance.scaled(S, 90 * S),
  };
  const happenings: Happening[] = [];
  let names = named(count);
  happenings.push(...standing(names));
  let atMs = chance.between(H, 3 * H);
  for (let rollout = 1; rollout <= rollouts; rollout += 1) {
    const next: string[] = [];
    for (const name of names) {
      const fresh = inPlace ? name : `${name.split('.')[0]}.${rollout}`;
      next.push(fresh);
      atMs = inPlace
        ? upgradeInPlace(chance, happenings, { name, version: `1.${rollout}.0`, atMs, intervalMs, ...pace })
        : replace(chance, happenings, { name, fresh, version: `1.${rollout}.0`, atMs, intervalMs, ...pace });
    }
    names = next;
    atMs += chance.scaled(15 * MIN, 3 * H);
  }
  const how = inPlace ? 'in place' : 'by new ids';
  const told = `${rollouts} rollouts of ${count} ${how}, a pause of ${Math.round(pace.pauseMs / S)} s`;
  return storyOfService(chance, happenings, {
    story: 'deployments',
    told,
    intervalMs,
    lastsMs: Math.max(12 * H, atMs + H),
  });
}

interface Step {
  readonly name: string;
  readonly version: string;
  readonly atMs: number;
  readonly intervalMs: number;
  readonly downMs: number;
  readonly warmMs: number;
  readonly pauseMs: number;
}

/** It is stopped, its check notices that or does not, the new version registers itself and is critical until its check passes. @returns when the next is begun */
function upgradeInPlace(chance: Chance, happenings: Happening[], step: Step): number {
  const { name: instance, version, atMs, intervalMs } = step;
  const backMs = atMs + step.downMs * chance.factor(0.3);
  const noticedMs = atMs + chance.between(0, intervalMs);
  if (noticedMs < backMs) happenings.push({ atMs: noticedMs, instance, status: 'critical' });
  // A registration resets the check of an agent; some give it a status.
  const status = chance.happens(0.7) ? 'critical' : 'passing';
  happenings.push({ atMs: backMs, instance, status, version });
  const readyMs = backMs + step.warmMs * chance.factor(0.3) + chance.between(0, intervalMs);
  happenings.push({ atMs: readyMs, instance, status: 'passing' });
  return stumble(chance, happenings, instance, readyMs) + step.pauseMs * chance.factor(0.3);
}

/** The new one registers itself beside the old one, which then goes: deregistered at once, or when its check has failed. @returns when the next is begun */
function replace(chance: Chance, happenings: Happening[], step: Step & { readonly fresh: string }): number {
  const { name, fresh, version, atMs, intervalMs } = step;
  happenings.push({ atMs, instance: fresh, status: 'critical', version });
  const readyMs = atMs + step.warmMs * chance.factor(0.3) + chance.between(0, intervalMs);
  happenings.push({ atMs: readyMs, instance: fresh, status: 'passing' });
  const endMs = readyMs + step.downMs * chance.factor(0.3);
  if (chance.happens(0.4)) happenings.push({ atMs: endMs - 1, instance: name, status: 'critical' });
  happenings.push({ atMs: endMs + chance.between(0, 5 * S), instance: name, status: null });
  return stumble(chance, happenings, fresh, endMs + 5 * S) + step.pauseMs * chance.factor(0.3);
}

/** One in ten fails once more in its first minute. */
function stumble(chance: Chance, happenings: Happening[], instance: string, readyMs: number): number {
  if (!chance.happens(0.1)) return readyMs;
  const failsMs = readyMs + chance.between(5 * S, 40 * S);
  const backMs = failsMs + chance.between(5 * S, 30 * S);
  happenings.push({ atMs: failsMs, instance, status: 'critical' }, { atMs: backMs, instance, status: 'passing' });
  return backMs;
}

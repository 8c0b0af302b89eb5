import type { Chance } from './chance';
import { executed } from './executions';
import type { LabelledHistory, Step } from './labelled-history';
import { type Happening, tell } from './told-service';

export const S = 1_000;
export const MIN = 60 * S;
export const H = 60 * MIN;

/** Sometime in 2026; slots begin where they begin. */
const someMoment = (chance: Chance): number => Math.round(1_767_225_600_000 + chance.between(0, 300 * 24 * H));

/** Intervals of health checks as people set them. */
export const usualInterval = (chance: Chance): number =>
  chance.pick([S, 5 * S, 5 * S, 10 * S, 10 * S, 10 * S, 10 * S, 15 * S, 30 * S]);

/** Instances that are there from the beginning. */
export const standing = (names: readonly string[]): Happening[] =>
  names.map((instance) => ({ atMs: 0, instance, status: 'passing', version: '1.0.0' }));

export const named = (count: number): string[] => Array.from({ length: count }, (_, at) => `web-${at + 1}`);

/** What an instance's check found, as happenings. */
export const found = (instance: string, steps: readonly Step[]): Happening[] =>
  steps.map(({ atMs, status }) => ({ atMs: Math.max(1, atMs), instance, status }));

type About = Pick<LabelledHistory, 'story' | 'told' | 'intervalMs'> & {
  readonly lastsMs: number;
  readonly flap?: { readonly fromMs: number; readonly toMs: number; readonly periodMs: number };
};

/** The story of one instance, which stands among others that are well. @param health what really was, ms since the beginning */
export function storyOfInstance(chance: Chance, health: readonly Step[], about: About): LabelledHistory {
  const others = named(chance.pick([1, 2, 3, 6]));
  const steps = executed(health, about.intervalMs, chance.between(0, about.intervalMs));
  return history(chance, [...standing(others), ...found('web-1', steps)], about, steps);
}

/** The story of a service: its status in sum. */
export const storyOfService = (chance: Chance, happenings: readonly Happening[], about: About): LabelledHistory =>
  history(chance, happenings, about, null);

function history(
  chance: Chance,
  happenings: readonly Happening[],
  { lastsMs, flap, ...about }: About,
  ownSteps: readonly Step[] | null,
): LabelledHistory {
  const fromMs = someMoment(chance);
  const { transitions, service } = tell(happenings, fromMs);
  const at = (ms: number) => fromMs + ms;
  return {
    ...{ ...about, transitions, fromMs, toMs: at(lastsMs) },
    flap: flap ? { ...flap, fromMs: at(flap.fromMs), toMs: at(flap.toMs) } : null,
    found: (ownSteps ?? service).map((step) => ({ ...step, atMs: at(step.atMs) })),
  };
}

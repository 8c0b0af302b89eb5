import type { Chance } from './chance';
import { executed } from './executions';
import type { LabelledHistory } from './labelled-history';
import { downIn, type FlapShape, flaps, type Span } from './signals';
import { found, H, MIN, named, S, standing, storyOfInstance, storyOfService } from './told-history';

const LEAST_CYCLES = 6;
const LEAST_MS = 5 * MIN;

/** A true flap: at least six times down and up and at least five minutes, with a period from 10 s to 20 min. */
export function flapStory(chance: Chance): LabelledHistory {
  const periodMs = chance.scaled(10 * S, 20 * MIN);
  const downShare = chance.between(0.1, 0.9);
  const cycles = Math.ceil(Math.max(LEAST_CYCLES, LEAST_MS / periodMs) * chance.between(1, 4));
  const shape = { periodMs, downShare, jitter: chance.between(0.05, 0.5), cycles };
  const intervalMs = seeingInterval(chance, shape);
  const fromMs = chance.between(30 * MIN, 3 * H);
  const spans = flaps(chance, fromMs, shape);
  const toMs = (spans.at(-1)?.toMs ?? fromMs) + intervalMs;
  const who = chance.pick(['instance', 'instance', 'one of many', 'together', 'in turns']);
  const told =
    `${who}: every ${Math.round(periodMs / S)} s, ${Math.round(downShare * 100)}% down, ` +
    `${cycles} times, jitter ${shape.jitter.toFixed(2)}, checked every ${intervalMs / S} s`;
  const about = { story: 'flap', told, intervalMs, lastsMs: toMs + 3 * H, flap: { fromMs, toMs, periodMs } } as const;
  const status = chance.happens(0.85) ? 'critical' : 'warning';
  if (who === 'instance') return storyOfInstance(chance, downIn(spans, status), about);
  const all = named(chance.whole(3, 10));
  const fallen =
    who === 'one of many' ? [0] : who === 'together' ? [...all.keys()] : [...all.keys()].slice(0, chance.whole(2, 3));
  const happenings = fallen.flatMap((at) => {
    const own =
      who === 'in turns' ? spans.filter((_, n) => n % fallen.length === at) : later(spans, chance.between(0, S));
    return found(all[at] as string, executed(downIn(own, status), intervalMs, chance.between(0, intervalMs)));
  });
  return storyOfService(chance, [...standing(all), ...happenings], about);
}

/** The interval of Consul's own check: up to half as long again as the shorter phase, so that some of it goes unseen. What no check saw nobody can find. */
function seeingInterval(chance: Chance, { periodMs, downShare }: FlapShape): number {
  const shortestMs = periodMs * Math.min(downShare, 1 - downShare);
  const seeing = [S, 2 * S, 5 * S, 10 * S, 10 * S, 10 * S, 10 * S, 15 * S, 30 * S].filter(
    (interval) => interval <= 1.5 * shortestMs,
  );
  return seeing.length > 0 ? chance.pick(seeing) : S;
}

const later = (spans: readonly Span[], byMs: number): Span[] =>
  spans.map(({ fromMs, toMs }) => ({ fromMs: fromMs + byMs, toMs: toMs + byMs }));

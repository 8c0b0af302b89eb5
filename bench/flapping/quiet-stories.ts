import type { Chance } from './chance';
import { executed } from './executions';
import type { LabelledHistory } from './labelled-history';
import { downIn, outage, type Span } from './signals';
import { found, H, MIN, named, S, standing, storyOfInstance, storyOfService, usualInterval } from './told-history';

/** Nothing, or one change that stays. */
export function steady(chance: Chance): LabelledHistory {
  const lastsMs = 12 * H;
  const status = chance.pick(['warning', 'critical'] as const);
  const health = chance.happens(0.5) ? [] : [{ atMs: chance.between(0, lastsMs), status }];
  const told = health.length === 0 ? 'nothing happens' : `${status} for good`;
  return storyOfInstance(chance, health, { story: 'steady', told, intervalMs: usualInterval(chance), lastsMs });
}

/** One outage of an instance, or of several at once. */
export function oneOutage(chance: Chance): LabelledHistory {
  const lastsMs = 24 * H;
  const intervalMs = usualInterval(chance);
  const spans = outage(chance, chance.between(H, 12 * H), chance.scaled(30 * S, 4 * H));
  const status = chance.happens(0.85) ? 'critical' : 'warning';
  const hit = chance.happens(0.6) ? 1 : chance.whole(2, 8);
  const about = { story: 'outage', intervalMs, lastsMs } as const;
  const told = `an outage of ${hit}, ${spans.length - 1} stutters`;
  if (hit === 1) return storyOfInstance(chance, downIn(spans, status), { ...about, told });
  const all = named(hit + chance.whole(0, 4));
  const happenings = all.slice(0, hit).flatMap((name) => {
    const lateMs = chance.between(0, 5 * S);
    const own = spans.map(({ fromMs, toMs }) => ({ fromMs: fromMs + lateMs, toMs: toMs + lateMs }));
    return found(name, executed(downIn(own, status), intervalMs, chance.between(0, intervalMs)));
  });
  return storyOfService(chance, [...standing(all), ...happenings], { ...about, told });
}

/** Each day at the same hour an instance is restarted, or all of a service one after another. */
export function restarts(chance: Chance): LabelledHistory {
  const days = 3;
  const intervalMs = usualInterval(chance);
  const hourMs = chance.between(0, 20 * H);
  const all = named(chance.happens(0.5) ? 1 : chance.whole(2, 20));
  const spans = new Map<string, Span[]>(all.map((name) => [name, []]));
  const downMs = chance.scaled(5 * S, 3 * MIN);
  const pauseMs = chance.scaled(S, 2 * MIN);
  for (let day = 0; day < days; day += 1) {
    let atMs = day * 24 * H + hourMs + chance.between(0, 10 * MIN);
    for (const name of all) {
      const toMs = atMs + downMs * chance.factor(0.3);
      spans.get(name)?.push({ fromMs: atMs, toMs });
      // It fails once more while it warms up.
      const againMs = toMs + chance.between(5 * S, 30 * S);
      if (chance.happens(0.1))
        spans.get(name)?.push({ fromMs: againMs, toMs: againMs + chance.between(5 * S, 20 * S) });
      atMs = toMs + pauseMs * chance.factor(0.3);
    }
  }
  const told = `${all.length} restarted each day, down ${Math.round(downMs / S)} s`;
  const about = { story: 'restarts', told, intervalMs, lastsMs: days * 24 * H } as const;
  if (all.length === 1) return storyOfInstance(chance, downIn(spans.get('web-1') ?? []), about);
  const happenings = all.flatMap((name) =>
    found(name, executed(downIn(spans.get(name) ?? []), intervalMs, chance.between(0, intervalMs))),
  );
  return storyOfService(chance, [...standing(all), ...happenings], about);
}

/** Isolated blips, one to six a day, by mere chance; one in seven is a double one. */
export function noise(chance: Chance): LabelledHistory {
  const lastsMs = 24 * H;
  const intervalMs = usualInterval(chance);
  const aDay = chance.between(1, 6);
  const spans: Span[] = [];
  for (let atMs = chance.waitMs(lastsMs / aDay); atMs < lastsMs; atMs += chance.waitMs(lastsMs / aDay)) {
    const toMs = atMs + chance.scaled(intervalMs, 6 * intervalMs);
    spans.push({ fromMs: atMs, toMs });
    const againMs = toMs + chance.between(intervalMs, MIN);
    if (chance.happens(1 / 7))
      spans.push({ fromMs: againMs, toMs: againMs + chance.scaled(intervalMs, 3 * intervalMs) });
  }
  const told = `${spans.length} blips in a day`;
  return storyOfInstance(chance, downIn(spans), { story: 'noise', told, intervalMs, lastsMs });
}

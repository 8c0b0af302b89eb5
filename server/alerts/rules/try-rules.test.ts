import { expect, it } from 'vitest';
import { RecordedStory } from '@/lib/alerts/trial/example-story';
import { readRules } from './read-rules';
import { RulesTrials, type RulesTrialsParts, type TrialRecord } from './try-rules';

const NOW_MS = Date.parse('2026-01-15T00:00:00.000Z');
const HOUR_MS = 3_600_000;
const iso = (atMs: number): string => new Date(atMs).toISOString();

function setOf(text: string) {
  const reading = readRules(text);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.set;
}
const tried = setOf('rules: [{alert: A, when: instance-critical, for: 10s}, {alert: W, when: watchdog}]');
const inForce = setOf('rules: [{alert: A, when: instance-critical, for: 1h}]');

/** One instance that falls for a minute each hour, 48 times until now. */
function fallingStory(): RecordedStory {
  const story = new RecordedStory();
  story.instance(NOW_MS - 49 * HOUR_MS, 'web', 'a', 'web-1', 'passing');
  for (let hour = 48; hour > 0; hour -= 1) {
    story.instance(NOW_MS - hour * HOUR_MS, 'web', 'a', 'web-1', 'critical');
    story.instance(NOW_MS - hour * HOUR_MS + 60_000, 'web', 'a', 'web-1', 'passing');
  }
  return story;
}

/** A record that answers as the databases do; `past` by the same story told until then. */
class StoryRecord implements TrialRecord {
  readonly asked: string[] = [];
  readonly story = fallingStory();
  trouble: Error | null = null;

  async transitions(query: Parameters<TrialRecord['transitions']>[0]) {
    if (this.trouble) throw this.trouble;
    this.asked.push(`transitions ${query.afterId}`);
    const { fromMs, toMs, kinds, afterId, limit } = query;
    const fits = ({ id, observedAtMs, kind }: (typeof this.story.transitions)[number]) =>
      id > (afterId ?? 0) && observedAtMs >= fromMs && observedAtMs < toMs && kinds.includes(kind);
    return this.story.transitions.filter(fits).slice(0, limit);
  }

  async past(atMs: number) {
    this.asked.push(`past ${iso(atMs)}`);
    // At every full hour but the first it is up or falls in this very moment.
    const before = new RecordedStory();
    before.instance(NOW_MS - 49 * HOUR_MS, 'web', 'a', 'web-1', 'passing');
    return atMs < NOW_MS - 49 * HOUR_MS ? [] : [before.past];
  }

  async gaps() {
    return [];
  }

  async facts() {
    return { oldestMs: this.story.transitions[0]?.observedAtMs ?? null };
  }
}

function trials(parts: Partial<RulesTrialsParts> = {}) {
  const record = new StoryRecord();
  return { record, trials: new RulesTrials({ record, nowMs: () => NOW_MS, ...parts }) };
}

it('tries rules over the last week, page by page, and says from when on there is a record', async () => {
  const { record, trials: all } = trials({ page: 50 });
  const trial = await all.try({ tried, inForce, fromMs: null, toMs: null });
  const oldest = NOW_MS - 49 * HOUR_MS;
  expect(trial).toMatchObject({ from: iso(oldest), to: iso(NOW_MS), recordedFrom: iso(oldest), cut: null });
  expect(trial.rules).toMatchObject([
    { rule: 'A', fired: 48, firedNow: 0, notTried: null },
    { rule: 'W', fired: 0, notTried: expect.stringMatching(/\.$/) },
  ]);
  expect(trial.items[0]).toMatchObject({
    firedAt: iso(NOW_MS - HOUR_MS + 10_000),
    resolvedAt: iso(NOW_MS - HOUR_MS + 60_000),
  });
  expect(record.asked.filter((one) => one.startsWith('transitions')).length).toBeGreaterThan(2);
});

it('tries the time that is asked for, as far as it has passed', async () => {
  const { record, trials: all } = trials();
  const fromMs = NOW_MS - 10.5 * HOUR_MS;
  const trial = await all.try({ tried, inForce, fromMs, toMs: NOW_MS + HOUR_MS });
  expect(trial).toMatchObject({ from: iso(fromMs), to: iso(NOW_MS), recordedFrom: null });
  expect(trial.rules[0]).toMatchObject({ fired: 10 });
  expect(record.asked[0]).toBe(`past ${iso(fromMs)}`);
});

it('says where it was cut, for there was too much or it took too long', async () => {
  const asked = { tried, inForce, fromMs: null, toMs: null };
  const many = await trials({ mostTransitions: 10 }).trials.try(asked);
  expect(many.cut).toMatch(/more transitions/);
  expect(many.transitions).toBeLessThan(20);
  expect(Date.parse(many.to)).toBeLessThan(NOW_MS);
  let ms = 0;
  const steadyMs = () => {
    ms += 1;
    return ms;
  };
  const slow = await trials({ steadyMs, mostWorkMs: 50 }).trials.try(asked);
  expect(slow.cut).toMatch(/longer/);
  expect(slow.rules[0]?.fired).toBeLessThan(48);
});

it('lets what is live have its turn while it works', async () => {
  let ms = 0;
  const steadyMs = () => {
    ms += 6;
    return ms;
  };
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await trials({ steadyMs }).trials.try({ tried, inForce, fromMs: null, toMs: null });
  isOver = true;
  expect(turns).toBeGreaterThan(40);
});

it('runs one after the other, and one that fails does not stand in the way of the next', async () => {
  const { record, trials: all } = trials();
  const asked = { tried, inForce, fromMs: null, toMs: null };
  record.trouble = new Error('The record does not answer.');
  const first = all.try(asked);
  await expect(first).rejects.toThrow('does not answer');
  record.trouble = null;
  const results = await Promise.all([all.try(asked), all.try(asked)]);
  expect(results.map(({ rules }) => rules[0]?.fired)).toEqual([48, 48]);
  // The second began when the first had read all.
  expect(record.asked.filter((one) => one.startsWith('past'))).toHaveLength(3);
  expect(record.asked.slice(-2)[0]).toMatch(/^past/);
});

it('has nothing to try where there is no record', async () => {
  const { record, trials: all } = trials();
  record.story.forget();
  const trial = await all.try({ tried, inForce, fromMs: NOW_MS - HOUR_MS, toMs: null });
  expect(trial).toMatchObject({ from: iso(NOW_MS), transitions: 0, items: [], recordedFrom: iso(NOW_MS) });
});

import { expect, it } from 'vitest';
import { exampleInstance } from '@/lib/history/example-transition';
import { FlapStory } from './example-flaps';
import { flapVerdict } from './flap-verdict';

const web = exampleInstance('a', 'web-1');

function verdictOf(story: FlapStory) {
  const datacenter = story.detector.datacenter('dc1');
  const track = datacenter?.trackOf(story.transitions[0]?.subject as never, null);
  if (!track || !datacenter) throw new Error('Nothing is kept of it.');
  return flapVerdict(track, datacenter.time);
}

it('shows what says so: the slots, the scores, the transitions and the period', () => {
  const story = new FlapStory();
  story.cycles(2_400, 8, 40, web);
  story.watched(2_729);
  const verdict = verdictOf(story);
  // Changes each 20 s from 2,400 to 2,700 s: eleven slots of 30 s, the last of them at 2,700.
  const [fast, slow] = verdict.scales;
  expect(fast?.slots.map(({ state }) => state[1]).join('')).toBe('aaaaaaaaahhhhhhhhhhh');
  expect(fast?.slots.at(-1)?.fromMs).toBe(story.atMs(2_700));
  expect(
    slow?.slots.filter(({ state }) => state === 'unknown'),
    'the record begins 45 min before',
  ).toHaveLength(10);
  // Σ (0.8 + 0.02 i) for i 9 to 19 is 11.88.
  expect(fast?.leastScore).toBeCloseTo(59.4, 9);
  expect(fast?.mostScore).toBeCloseTo(59.4, 9);
  expect(fast?.scores).toHaveLength(21);
  expect(fast?.scores.slice(-3).map(Math.round)).toEqual([50, 55, 59]);
  expect(verdict.transitions).toHaveLength(16);
  expect(verdict.transitions.filter(({ isFall }) => isFall)).toHaveLength(8);
  expect(verdict).toMatchObject({ count: 16, recoveries: 8, periodMs: 40_000, item: null });
  expect(verdict.flappingSinceMs).toBe(story.atMs(2_580));
  expect(verdict.isCountAtLeast, 'the slow slots reach back to before the record').toBe(true);
});

it('counts at least, where an answer may stand for more, all through a flap', () => {
  const story = new FlapStory();
  story.watched(20_000);
  story.cycles(20_000, 8, 40, web);
  expect(verdictOf(story).isCountAtLeast).toBe(false);
  const flip = story.transitions[0] as (typeof story.transitions)[number];
  story.tell({ ...flip, observedAtMs: story.atMs(20_320), merged: true });
  story.cycles(20_360, 60, 40, web);
  expect(verdictOf(story).isCountAtLeast).toBe(true);
  expect(verdictOf(story)).toMatchObject({ count: 137, isCountAtLeast: true });
  expect(verdictOf(story).transitions).toHaveLength(100);
});

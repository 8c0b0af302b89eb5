import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Status } from '@/lib/fleet/model';
import { exampleInstance } from '@/lib/history/example-transition';
import { FlapStory } from './example-flaps';
import type { FlapDetector } from './flap-detector';
import { flapVerdict } from './flap-verdict';

const instances = ['web-1', 'web-2'].map((id) => exampleInstance('a', id));

/** Something that happens, so many s after what happened before. */
const happening = fc.record({
  afterS: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 90 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 30_000 }) },
  ),
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('flip' as const) },
    { weight: 3, arbitrary: fc.constant('flips' as const) },
    { weight: 1, arbitrary: fc.constantFrom('version', 'register', 'maintain', 'gap', 'gone') },
  ),
  which: fc.integer({ min: 0, max: 1 }),
  /** Of `flips`: so many, each so many s after the other. */
  flips: fc.integer({ min: 4, max: 40 }),
  everyS: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 60, max: 900 })),
  /** Where between this and the last time is told, as shares of it; nothing is to depend on that. */
  tellings: fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
});

function live(happenings: readonly (typeof happening extends fc.Arbitrary<infer T> ? T : never)[], isTold: boolean) {
  const story = new FlapStory();
  const down = [false, false];
  let isGap = false;
  let s = 0;
  for (const { afterS, what, which, tellings, flips, everyS } of happenings) {
    if (isTold) for (const share of [...tellings].sort()) story.watched(s + share * afterS);
    s += afterS;
    const web = instances[which] as (typeof instances)[number];
    if (what === 'gap') {
      story.note(isGap ? story.detector.gapEnds('dc1', story.atMs(s)) : story.detector.gapBegins('dc1', story.atMs(s)));
      isGap = !isGap;
    } else if (what === 'flip' || what === 'flips') {
      for (let n = what === 'flip' ? 1 : flips; n > 0; n -= 1) {
        const [from, to]: Status[] = down[which] ? ['critical', 'passing'] : ['passing', 'critical'];
        down[which] = !down[which];
        story.check(s, web, from as 'passing', to as 'passing');
        story.flip(s, web, from as Status, to as Status);
        if (!down[1 - which]) story.service(s, from as Status, to as Status);
        if (isTold && n % 3 === 0) story.watched(s + everyS / 2);
        if (n > 1) s += everyS;
      }
    } else if (what === 'maintain') {
      story.flip(s, web, 'passing', 'maintenance');
      if (afterS % 2 === 0) story.flip(s + 1, web, 'maintenance', 'passing');
    } else if (what === 'version') story.version(s, web, String(s));
    else if (what === 'register') story.arrive(s, web);
    else story.flip(s, web, 'passing', null);
    s += 1;
  }
  // What still lies within the slots is compared, and what is idle by then is gone on both sides.
  story.watched(s + 400);
  return story;
}

/** All that is kept, as a page would show it. */
function known(detector: FlapDetector): unknown {
  const time = detector.datacenter('dc1')?.time;
  const verdicts = [...detector.tracks()].map((track) => time && flapVerdict(track, time));
  return verdicts.map((verdict) => JSON.stringify(verdict)).sort();
}

/** What is excused takes the newest out of what a track knows, while slots still hold what was before: it was dropped too early once. */
const excused = [
  { afterS: 0, what: 'flip' as const, which: 1, flips: 4, everyS: 60, tellings: [] },
  { afterS: 5_999, what: 'flip' as const, which: 1, flips: 4, everyS: 1, tellings: [] },
  { afterS: 0, what: 'version' as const, which: 1, flips: 4, everyS: 60, tellings: [] },
  { afterS: 0, what: 'flip' as const, which: 0, flips: 4, everyS: 1, tellings: [0] },
];

it('is the same whether a record is lived through, with time told now and then, or read again at once', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 40 }), (happenings) => {
      const lived = live(happenings, true);
      const read = live(happenings, false);
      expect(known(read.detector)).toEqual(known(lived.detector));
      const begun = (story: FlapStory) => story.edges.filter((edge) => edge.includes('begins'));
      expect(begun(read)).toEqual(begun(lived));
    }),
    { numRuns: 200, examples: [[excused]] },
  );
});

it('of whatever happens each beginning has its end, scores stay within 0 and 99, and no more than 100 transitions are kept', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 60 }), (happenings) => {
      const { detector, edges } = live(happenings, true);
      const open = new Set<string>();
      for (const edge of edges) {
        const [, what, ...of] = edge.split(' ');
        expect(open.has(of.join(' '))).toBe(what === 'ends');
        if (what === 'begins') open.add(of.join(' '));
        else open.delete(of.join(' '));
      }
      const time = detector.datacenter('dc1')?.time;
      for (const track of detector.tracks()) {
        if (!time) continue;
        const { scales, transitions, count, flappingSinceMs } = flapVerdict(track, time);
        expect(flappingSinceMs !== null).toBe(
          open.has(track.item === null ? track.subject.key : `${track.subject.key} ${track.item}`),
        );
        expect(transitions.length).toBeLessThanOrEqual(100);
        expect(count).toBeGreaterThanOrEqual(flappingSinceMs === null ? 0 : transitions.length && 1);
        for (const { scores, leastScore, mostScore } of scales) {
          expect(leastScore).toBe(scores.at(-1));
          expect(mostScore).toBeGreaterThanOrEqual(leastScore);
          for (const score of scores) expect(score >= 0 && score < 99.001).toBe(true);
        }
      }
    }),
    { numRuns: 100 },
  );
});

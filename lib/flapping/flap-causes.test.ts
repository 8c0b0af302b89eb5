import { describe, expect, it } from 'vitest';
import { exampleInstance } from '@/lib/history/example-transition';
import { FlapStory } from './example-flaps';
import { type FlapSurroundings, flapCauses } from './flap-causes';
import { type FlapVerdict, flapVerdict } from './flap-verdict';

const web = exampleInstance('a', 'web-1');
const nothing: FlapSurroundings = { check: null, checks: null, onNode: null, elsewhere: null, deploymentsMs: [] };

function flapping(periodS: number, item: string | null = null): FlapVerdict {
  const story = new FlapStory(0);
  story.cycles(0, 8, periodS, web);
  const datacenter = story.detector.datacenter('dc1');
  const [track] = [...story.detector.tracks()];
  if (!datacenter || !track) throw new Error('Nothing is kept of it.');
  return { ...flapVerdict(track, datacenter.time), item };
}

describe('the likely cause', () => {
  it('is not guessed', () => {
    expect(flapCauses(flapping(40), nothing)).toEqual([]);
    const unknown = { ...nothing, check: { intervalMs: null, timeoutMs: null } };
    expect(flapCauses(flapping(40), unknown)).toEqual([]);
  });

  it('is the timeout of a check that is not below its interval', () => {
    const check = { intervalMs: 5_000, timeoutMs: 5_000 };
    expect(flapCauses(flapping(40), { ...nothing, check })).toEqual([{ id: 'timeout-not-below-interval', ...check }]);
    expect(flapCauses(flapping(40), { ...nothing, check: { intervalMs: 5_000, timeoutMs: 4_999 } })).toEqual([]);
  });

  it('is a check that changes at nearly each execution', () => {
    const check = { intervalMs: 15_000, timeoutMs: null };
    expect(flapCauses(flapping(40), { ...nothing, check })).toEqual([
      { id: 'in-step-with-interval', intervalMs: 15_000, periodMs: 40_000 },
    ]);
    expect(flapCauses(flapping(60), { ...nothing, check })).toEqual([]);
  });

  it('is a node on which several instances flap, where elsewhere few do', () => {
    const onNode = { node: 'a', flapping: 3, all: 4 };
    const surroundings = { ...nothing, onNode, elsewhere: { flapping: 3, all: 100 } };
    expect(flapCauses(flapping(40), surroundings)).toEqual([
      { id: 'one-node', node: 'a', onNode: { flapping: 3, all: 4 }, elsewhere: { flapping: 3, all: 100 } },
    ]);
    expect(flapCauses(flapping(40), { ...surroundings, elsewhere: { flapping: 50, all: 100 } })).toEqual([]);
    expect(flapCauses(flapping(40), { ...surroundings, onNode: { ...onNode, flapping: 1 } })).toEqual([]);
  });

  it('is one check among many', () => {
    const checks = { flapping: 1, all: 3 };
    expect(flapCauses(flapping(40, 'disk'), { ...nothing, checks })).toEqual([
      { id: 'one-check', check: 'disk', checks: 3 },
    ]);
    expect(flapCauses(flapping(40), { ...nothing, checks }), 'of a status in sum').toEqual([]);
    expect(flapCauses(flapping(40, 'disk'), { ...nothing, checks: { flapping: 2, all: 3 } })).toEqual([]);
  });

  it('is deployments where it falls after them, not where it falls all the time', () => {
    const deploymentsMs = [0, 1_200_000, 2_400_000, 3_600_000, 4_800_000, 6_000_000].map((atMs) => atMs - 60_000);
    expect(flapCauses(flapping(1_200), { ...nothing, deploymentsMs })).toEqual([
      // Eight falls from 0 to 8,400 s, of which the window of 6,000 s keeps the last six; the deployments end before 6,000 s.
      { id: 'deployments', deployments: 3, falls: 5, soonAfter: 3, withinMs: 300_000 },
    ]);
    expect(flapCauses(flapping(40), { ...nothing, deploymentsMs: [10_000, 200_000] })).toEqual([]);
    expect(flapCauses(flapping(1_200), { ...nothing, deploymentsMs: [5_940_000] })).toEqual([]);
  });
});

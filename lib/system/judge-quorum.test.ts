import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GossipStatus } from './consul-health';
import { judgeQuorum, type LeaderSight } from './judge-quorum';

const statuses = fc.constantFrom<GossipStatus>('alive', 'leaving', 'left', 'failed', 'unknown');

describe('the quorum of a datacenter', () => {
  it.each<[string, GossipStatus[], LeaderSight, string, string]>([
    [
      'all three there',
      ['alive', 'alive', 'alive'],
      'known',
      'kept',
      'Quorum kept: 3 of 3 voters reachable, 2 needed.',
    ],
    [
      'one of three lost, and a leader',
      ['alive', 'failed', 'alive'],
      'known',
      'kept',
      'Quorum kept: 2 of 3 voters reachable, 2 needed.',
    ],
    [
      'one of three lost, and no leader yet',
      ['alive', 'failed', 'alive'],
      'none',
      'electing',
      'No leader: 2 of 3 voters reachable, 2 needed; an election should bring one within seconds.',
    ],
    [
      'two of three lost',
      ['alive', 'failed', 'failed'],
      'none',
      'lost',
      'Quorum lost: 1 of 3 voters reachable, 2 needed. Nothing can be written there until more servers are back.',
    ],
    [
      'nobody answers, and the gossip has lost them all',
      ['failed', 'failed', 'left'],
      'unknown',
      'lost',
      'Quorum lost: 0 of 3 voters reachable, 2 needed. Nothing can be written there until more servers are back.',
    ],
    [
      'no leader, and the members cannot be read',
      ['unknown', 'unknown', 'unknown'],
      'none',
      'unknown',
      'Whether there is a quorum is not known: 0 of 3 voters reachable, 3 not in sight, 2 needed.',
    ],
    ['a leader alone', [], 'known', 'kept', 'Quorum kept: there is a leader.'],
    ['nothing at all', [], 'unknown', 'unknown', 'Whether there is a quorum is not known.'],
  ])('%s', (_what, voters, leader, state, sentence) => {
    expect(judgeQuorum(voters, leader)).toMatchObject({ state, sentence });
  });

  it('takes a majority of the voters: 1 of 1, 2 of 2, 2 of 3, 3 of 4, 3 of 5', () => {
    const needed = [1, 2, 3, 4, 5].map((n) => judgeQuorum(Array(n).fill('alive'), 'known').needed);
    expect(needed).toEqual([1, 2, 2, 3, 3]);
  });

  it('is never called lost where those out of sight could make it, nor while there is a leader', () => {
    fc.assert(
      fc.property(
        fc.array(statuses, { maxLength: 9 }),
        fc.constantFrom<LeaderSight>('known', 'none', 'unknown'),
        (voters, leader) => {
          const { state, reachable, unseen, needed } = judgeQuorum(voters, leader);
          if (state === 'lost') {
            expect(leader).not.toBe('known');
            expect(reachable + unseen).toBeLessThan(needed);
          }
          if (state === 'electing') expect(reachable).toBeGreaterThanOrEqual(needed);
          expect(state === 'kept').toBe(leader === 'known');
        },
      ),
    );
  });

  it('cannot be kept by both sides of a datacenter that is cut in two', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }), (here) => {
        const side = (mine: boolean) => here.map((is): GossipStatus => (is === mine ? 'alive' : 'failed'));
        const states = [true, false].map((mine) => judgeQuorum(side(mine), 'none').state);
        expect(states.filter((state) => state === 'electing').length).toBeLessThanOrEqual(1);
        expect(states).toContain('lost');
      }),
    );
  });
});

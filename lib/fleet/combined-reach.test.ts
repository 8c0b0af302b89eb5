import { expect, test } from 'vitest';
import { combinedReach } from './combined-reach';
import type { ConsulReach } from './model';

const answers = (address: string, since: string): ConsulReach => ({ address, reachable: true, since, reason: null });
const silent = (address: string, since: string): ConsulReach => ({
  ...{ address, reachable: false, since },
  reason: `${address} is silent.`,
});
const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'];

test('one address is told as it is', () => {
  expect(combinedReach([silent('a', early)])).toEqual(silent('a', early));
  expect(combinedReach([answers('a', early)])).toEqual(answers('a', early));
});

test('Consul answers while one address does, since the first that still does', () => {
  const reach = combinedReach([silent('a', late), answers('b', late), answers('c', early)]);
  expect(reach).toEqual({ address: 'a, b, c', reachable: true, since: early, reason: null });
});

test('it is silent once the last address is, for the reasons of all', () => {
  const reach = combinedReach([silent('a', late), silent('b', early)]);
  expect(reach).toEqual({ address: 'a, b', reachable: false, since: late, reason: 'a is silent. b is silent.' });
});

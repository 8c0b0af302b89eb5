import { expect, test } from 'vitest';
import { ManualClock } from './consul/testing/manual-clock';
import { firstReadOver } from './first-read-over';

function reading(seen: { ready: boolean; reachable: boolean }) {
  const clock = new ManualClock();
  const state = { ...seen, over: false };
  void firstReadOver({
    clock,
    readiness: () => ({ ready: state.ready, detail: '', datacenters: [] }),
    reach: () => ({ address: '', reachable: state.reachable, since: '', reason: null }),
  }).then(() => {
    state.over = true;
  });
  return { clock, state };
}

test('it is over with the first read, and not before', async () => {
  const { clock, state } = reading({ ready: false, reachable: true });
  await clock.advance(14_900);
  expect(state.over).toBe(false);
  state.ready = true;
  await clock.advance(20);
  expect(state.over, 'whoever asks whether it is ready is told before').toBe(false);
  await clock.advance(250);
  expect(state.over).toBe(true);
  expect(clock.pending).toBe(0);
});

test('a Consul that does not answer is not waited for', async () => {
  const { clock, state } = reading({ ready: false, reachable: false });
  await clock.advance(499);
  expect(state.over).toBe(false);
  await clock.advance(21);
  expect(state.over).toBe(true);
});

test('a read that takes long is not waited for to its end', async () => {
  const { clock, state } = reading({ ready: false, reachable: true });
  await clock.advance(15_020);
  expect(state.over).toBe(true);
});

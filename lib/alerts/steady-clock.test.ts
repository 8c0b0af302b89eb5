import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SteadyClock } from './steady-clock';

it('counts what passed, however the wall clock is set, where it is told', () => {
  const steps = fc.array(
    fc.record({ passMs: fc.nat(10_000), setMs: fc.integer({ min: -20_000, max: 20_000 }), isRead: fc.boolean() }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(steps, (told) => {
      const clock = new SteadyClock();
      let wallMs = 1_000_000;
      let passedMs = 0;
      const beganMs = clock.read(wallMs);
      for (const { passMs, setMs, isRead } of told) {
        wallMs += passMs;
        passedMs += passMs;
        if (isRead) expect(clock.read(wallMs) - beganMs).toBe(passedMs);
        wallMs += setMs;
        clock.set(setMs, wallMs);
      }
      expect(clock.read(wallMs) - beganMs).toBe(passedMs);
    }),
  );
});

it('never goes back, and stands still once while the wall clock goes back without a word', () => {
  const clock = new SteadyClock();
  const beganMs = clock.read(5_000);
  expect(clock.read(2_000) - beganMs).toBe(0);
  expect(clock.read(2_500) - beganMs).toBe(500);
  // The word comes late: it was seen already.
  clock.set(-3_000, 2_500);
  expect(clock.read(2_600) - beganMs).toBe(600);
});

it('takes a word that comes late for what was read already', () => {
  const clock = new SteadyClock();
  const beganMs = clock.read(5_000);
  expect(clock.read(3_605_000) - beganMs).toBe(3_600_000);
  clock.set(3_600_000, 3_605_010);
  expect(clock.read(3_605_010) - beganMs).toBe(3_600_010);
});

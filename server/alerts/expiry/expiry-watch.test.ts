import { expect, onTestFinished, test } from 'vitest';
import { ManualClock, settled } from '@/server/consul/testing/manual-clock';
import { type Expiring, ExpiryWatch } from './expiry-watch';

const HOUR_MS = 3_600_000;

function watching(looks: Record<string, () => Promise<number | null>>) {
  const clock = new ManualClock();
  let files = 'one';
  let changes = 0;
  const expiring = (): Expiring[] =>
    Object.entries(looks).map(([id, look]) => ({ id, what: 'certificate', name: id, dc: '', look }));
  const watch = new ExpiryWatch({ clock, expiring, fingerprint: () => files, onChange: () => (changes += 1) });
  watch.start();
  onTestFinished(() => watch.stop());
  return {
    ...{ clock, watch, changes: () => changes },
    replaceFiles: () => {
      files = 'two';
    },
  };
}

test('nothing is known before the first look; what has no end is no fact', async () => {
  const { watch, changes } = watching({ a: async () => 5, b: async () => null });
  expect(watch.facts).toBeNull();
  await settled();
  expect(watch.facts).toEqual([{ id: 'a', what: 'certificate', name: 'a', dc: '', expiresAtMs: 5 }]);
  expect(changes()).toBe(1);
});

test('it is looked at again now and then, and soon after files have changed', async () => {
  let looks = 0;
  const { clock, replaceFiles, changes } = watching({
    a: async () => {
      looks += 1;
      return 5;
    },
  });
  await clock.advance(HOUR_MS);
  expect(looks).toBe(7);
  replaceFiles();
  await clock.advance(10_000);
  expect(looks).toBe(8);
  expect(changes(), 'nothing differs').toBe(1);
});

test('what cannot be seen now is as it was seen last', async () => {
  let fails = false;
  const { clock, watch } = watching({
    a: async () => {
      if (fails) throw new Error('No route.');
      return 5;
    },
  });
  await settled();
  fails = true;
  await clock.advance(HOUR_MS);
  expect(watch.facts).toHaveLength(1);
});

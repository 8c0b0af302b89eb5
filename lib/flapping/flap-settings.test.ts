import { expect, it } from 'vitest';
import { defaultFlapSettings, flapSettingsBy } from './flap-settings';

it('takes the first rule that fits a service, and the defaults for what belongs to none', () => {
  const settingsOf = flapSettingsBy([
    { service: 'web', settings: { settleMs: 1 } },
    { service: 'we*', settings: { settleMs: 2 } },
    { service: '*', settings: { settleMs: 3 } },
  ]);
  expect(['web', 'webhook', '*', 'db'].map((name) => settingsOf(name).settleMs)).toEqual([1, 2, 3, 3]);
  expect(settingsOf(null)).toBe(defaultFlapSettings);
  expect(settingsOf('web').scales).toBe(defaultFlapSettings.scales);
});

it('takes a name for a name where it holds no wildcard', () => {
  const settingsOf = flapSettingsBy([{ service: 'web', settings: { settleMs: 1 } }]);
  expect(settingsOf('webhook')).toBe(defaultFlapSettings);
});

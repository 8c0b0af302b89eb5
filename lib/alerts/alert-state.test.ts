import { expect, it } from 'vitest';
import { alertStates, severities } from './alert-body';
import { ALERT_STATES, alertState, FROM_GRAVE, needsLive } from './alert-state';
import { evidenceSchema } from './evidence';

it('knows every state and severity that is published', () => {
  expect(ALERT_STATES).toEqual(alertStates);
  expect(FROM_GRAVE).toEqual(severities);
});

it('is one word: resolved, pending, suppressed, silenced, acknowledged, firing, the first that is true', () => {
  const all = { suppressed: true, silenced: true, acknowledged: true };
  expect(alertState('resolved', all)).toBe('resolved');
  expect(alertState('pending', all)).toBe('pending');
  expect(alertState('firing', all)).toBe('suppressed');
  expect(alertState('firing', { ...all, suppressed: false })).toBe('silenced');
  expect(alertState('firing', { suppressed: false, silenced: false, acknowledged: true })).toBe('acknowledged');
  expect(alertState('firing', { suppressed: false, silenced: false, acknowledged: false })).toBe('firing');
});

it('asks for a live datacenter, but for what Lictor knows of itself', () => {
  const kinds = evidenceSchema.options.map(({ shape }) => shape.kind.value);
  expect(kinds.filter((kind) => !needsLive(kind))).toEqual(['no-leader', 'datacenter-lost', 'expiry', 'watchdog']);
});

import { expect, it } from 'vitest';
import type { Intent } from '@/lib/release/journal/intent';
import { thisProcess } from './holder';
import { isSignedBy, planSignature } from './plan-signature';

const SECRET = 'the token that writes';
const PARTS = [Buffer.from('one'), Buffer.from('two')];
const intent: Intent = {
  ...{ format: 1, id: 'id', dc: 'dc1', service: 'web', mechanism: 'mesh', by: 'anna', holder: thisProcess('a') },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', deadlineAt: '2026-01-01T00:00:30.000Z', phase: 'writing' },
  ...{ done: [], lost: [], restored: [], parts: 2, signature: null, trouble: null },
};
const signed = { ...intent, signature: planSignature(SECRET, intent, PARTS) };

it('a plan keeps its signature while it is carried out and taken over', () => {
  const later: Intent = { ...signed, done: [0, 1], phase: 'restoring', holder: thisProcess('b'), trouble: 'why' };
  expect(isSignedBy(SECRET, later, PARTS)).toBe(true);
});

it('no other plan, service, person or token has it', () => {
  const forged: [string, Intent, Buffer[]][] = [
    ['another token', signed, PARTS],
    [SECRET, signed, [Buffer.from('one'), Buffer.from('twO')]],
    [SECRET, { ...signed, service: 'api' }, PARTS],
    [SECRET, { ...signed, by: 'eve' }, PARTS],
    [SECRET, { ...signed, id: 'other' }, PARTS],
    [SECRET, { ...signed, signature: null }, PARTS],
    [SECRET, { ...signed, signature: 'no hex' }, PARTS],
  ];
  for (const [secret, one, parts] of forged) expect(isSignedBy(secret, one, parts)).toBe(false);
});

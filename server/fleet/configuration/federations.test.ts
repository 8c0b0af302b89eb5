import { expect, it } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { decodeTrustDomain, Federations } from './federations';

function watching(...names: string[]) {
  const clock = { nowMs: 0 };
  const federations = new Federations(() => clock.nowMs);
  for (const name of names) federations.add(name);
  const written = () => names.map((name) => federations.isWrittenIn(name));
  return { clock, federations, written };
}

it('the primary of a federation is where configuration is written, the others copy it', () => {
  const { federations, written } = watching('dc1', 'dc2', 'dc3');
  for (const dc of ['dc1', 'dc2', 'dc3']) federations.belongs(dc, 'a.consul');
  federations.stands({ datacenter: 'dc3', primary: 'dc2' });
  expect(written()).toEqual([false, true, false]);
});

it('where no agent may be read, one datacenter of a federation stands for it, and each other one for itself', () => {
  const { federations, written } = watching('dc1', 'dc2', 'dc3', 'dc4');
  federations.belongs('dc1', 'a.consul');
  federations.belongs('dc2', 'a.consul');
  federations.belongs('dc3', 'b.consul');
  federations.belongs('dc4', null);
  expect(written()).toEqual([true, false, true, true]);
});

it('waits for a datacenter that has not said where it belongs, but not for ever', () => {
  const { clock, federations, written } = watching('dc1', 'dc2');
  federations.belongs('dc2', 'a.consul');
  expect(written()).toEqual([null, null]);
  clock.nowMs = 20_000;
  expect(written()).toEqual([true, true]);
  federations.belongs('dc1', 'a.consul');
  expect(written()).toEqual([true, false]);
});

it('a primary that is not watched is written in unseen: the first of those that copy it stands for it', () => {
  const { federations, written } = watching('dc2', 'dc3');
  for (const dc of ['dc2', 'dc3']) federations.belongs(dc, 'a.consul');
  federations.stands({ datacenter: 'dc2', primary: 'dc1' });
  expect(written()).toEqual([true, false]);
});

it('reads the trust domain, and that there is none where Connect is off', () => {
  expect(decodeTrustDomain(answerOf({ TrustDomain: 'a.consul', ActiveRootID: 'ff:00' }))).toBe('a.consul');
  expect(decodeTrustDomain(answerOf({ TrustDomain: 'passing.consul', ActiveRootID: '' }))).toBeUndefined();
  expect(
    decodeTrustDomain(answerOf('Connect must be enabled in order to use this endpoint', { status: 500 })),
  ).toBeNull();
  expect(() => decodeTrustDomain(answerOf('No cluster leader', { status: 500 }))).toThrow('500');
});

it('where entries have to be written is what an agent named, and is never guessed', () => {
  const { clock, federations } = watching('dc1', 'dc2', 'dc3');
  expect(federations.primaryOf('dc3')).toBeNull();
  federations.belongs('dc1', 'a.consul');
  federations.belongs('dc2', 'a.consul');
  federations.belongs('dc3', 'b.consul');
  expect(['dc1', 'dc2', 'dc3'].map((dc) => federations.primaryOf(dc))).toEqual([null, null, 'dc3']);
  federations.stands({ datacenter: 'dc2', primary: 'dc9' });
  expect(['dc1', 'dc2', 'dc3'].map((dc) => federations.primaryOf(dc))).toEqual(['dc9', 'dc9', 'dc3']);
  expect(['dc9', 'dc2', 'dc3'].map((dc) => federations.copiesOf(dc))).toEqual([
    ['dc1', 'dc2', 'dc9'],
    ['dc1', 'dc2'],
    ['dc3'],
  ]);
  clock.nowMs = 20_000;
  expect(federations.primaryOf('dc1')).toBe('dc9');
});

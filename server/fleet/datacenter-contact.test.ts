import { expect, test } from 'vitest';
import { ConsulError } from '@/server/consul/consul-error';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { DatacenterContact } from './datacenter-contact';

const unanswered = (sentence: string) => ({ ok: false, atMs: 0, error: new ConsulError('timeout', sentence) }) as const;

test('many watches fail, each with a sentence of its own: the reason does not change from one to the next', () => {
  const contact = new DatacenterContact('dc1', new ManualClock(0));
  contact.probed({ ok: true, atMs: 0, leader: '10.0.0.1:8300' });
  contact.failed('Reading web failed.');
  const first = contact.judge(6_000, true).freshness;
  contact.failed('Reading api failed.');
  expect(contact.judge(6_250, true).freshness).toMatchObject({ state: 'stale', reason: first.reason });
});

test("the probe's failure is about the datacenter, and stands before that of any watch", () => {
  const contact = new DatacenterContact('dc1', new ManualClock(0));
  contact.probed({ ok: true, atMs: 0, leader: '10.0.0.1:8300' });
  contact.failed('Reading web failed.');
  contact.probed(unanswered('No leader answered.'));
  contact.failed('Reading api failed.');
  expect(contact.judge(6_000, true).freshness.reason).toBe('No leader answered.');
});

test('an answer takes the failure back', () => {
  const contact = new DatacenterContact('dc1', new ManualClock(0));
  contact.probed({ ok: true, atMs: 0, leader: '10.0.0.1:8300' });
  contact.failed('Reading web failed.');
  contact.contacted(1_000);
  contact.failed('Reading api failed.');
  expect(contact.judge(7_000, true).freshness.reason).toBe('Reading api failed.');
});

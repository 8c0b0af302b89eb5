import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldSwitchTransitions, readSwitchRecord, switchRecord } from './recorded-switch';
import type { FailoverSwitch } from './topology-body';

const at = (second: number) => new Date(second * 1_000).toISOString();
const begun: FailoverSwitch = {
  ...{ key: 'dc1/payment', lostAt: at(1), to: 'dc2/payment', tookMs: null, seenBy: 'declared', endedAt: null },
};

test('a switch is read as it was recorded', () => {
  for (const one of [begun, { ...begun, tookMs: 1_200, seenBy: 'observed' as const, endedAt: at(9) }])
    expect(readSwitchRecord(one.key, switchRecord(one))).toEqual(one);
});

test('what is no record of a switch is none, whatever it is', () => {
  for (const text of [null, '', 'null', '[]', '{"lostAt":"never","to":"a"}', '{"lostAt":5,"to":"a"}'])
    expect(readSwitchRecord('dc1/a', text)).toBeNull();
  fc.assert(
    fc.property(fc.json(), (text) => {
      const read = readSwitchRecord('dc1/a', text);
      return read === null || !Number.isNaN(Date.parse(read.lostAt));
    }),
  );
});

test('of each switch the newest state counts, and the newest switch comes first', () => {
  const told = (one: FailoverSwitch) => ({ subject: { key: one.key }, item: one.lostAt, to: switchRecord(one) });
  const ended = { ...begun, endedAt: at(5) };
  const later = { ...begun, lostAt: at(7) };
  const other = { ...begun, key: 'dc1/cart', to: 'dc3/cart' };
  expect(foldSwitchTransitions([told(later), told(ended), told(begun), told(other)])).toEqual([later, ended, other]);
});

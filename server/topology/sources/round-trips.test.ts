import { expect, test } from 'vitest';
import { decodeWanCoordinates } from '@/server/consul/decode/wan-coordinates';
import { answerOf } from '@/server/consul/testing/answer';
import { roundTripsFrom } from './round-trips';

const at = (x: number, more: object = {}) => ({
  Node: 'n',
  Coord: { Vec: [x, 0], Error: 0.1, Adjustment: 0, Height: 0.001, ...more },
});
const maps = (...given: [string, object[], string?][]) =>
  decodeWanCoordinates(
    answerOf(given.map(([Datacenter, Coordinates, AreaID = 'wan']) => ({ Datacenter, AreaID, Coordinates }))),
  );

test('the median of the round trips between all servers', () => {
  // Distances 10, 20 and 90 ms, and 1 ms of height at each end.
  const given = maps(['dc1', [at(0)]], ['dc2', [at(0.01), at(0.02), at(0.09)]]);
  expect(roundTripsFrom('dc1', given)).toEqual({ dc2: 22 });
  expect(roundTripsFrom('dc2', given)).toEqual({ dc1: 22 });
  // Of an even number the middle of both: (12 + 22) / 2.
  expect(roundTripsFrom('dc1', maps(['dc1', [at(0)]], ['dc2', [at(0.01), at(0.02)]]))).toEqual({ dc2: 17 });
});

test('an adjustment counts as long as something is left', () => {
  const adjusted = (Adjustment: number) => maps(['dc1', [at(0)]], ['dc2', [at(0.01, { Adjustment })]]);
  expect(roundTripsFrom('dc1', adjusted(-0.004))).toEqual({ dc2: 8 });
  expect(roundTripsFrom('dc1', adjusted(-0.02))).toEqual({ dc2: 12 });
});

test('what was never measured, another area, another space and one datacenter alone tell nothing', () => {
  expect(roundTripsFrom('dc1', maps(['dc1', [at(0)]], ['dc2', [at(0.01, { Error: 1.5 })]]))).toEqual({});
  expect(roundTripsFrom('dc1', maps(['dc1', [at(0)]], ['dc2', [at(0.01)], 'east']))).toEqual({});
  expect(roundTripsFrom('dc1', maps(['dc1', [at(0)]], ['dc2', [at(0, { Vec: [1] })]]))).toEqual({});
  expect(roundTripsFrom('dc1', maps(['dc1', [at(0)]]))).toEqual({});
  expect(decodeWanCoordinates(answerOf('null'))).toEqual([]);
});

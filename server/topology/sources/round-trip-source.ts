import { decodeWanCoordinates } from '@/server/consul/decode/wan-coordinates';
import { read } from '@/server/consul/read';
import { LIMIT_MS, type Place } from './place';
import { type RepeatedRead, readRepeatedly } from './repeated-read';
import { roundTripsFrom } from './round-trips';

const EVERY_MS = 60_000;
const NAME = 'coordinates';

/** How far it is from a datacenter to the others. @param onRead told the median round trips, ms */
export function roundTripSource(
  { dc, transport, clock, random, told, states }: Place,
  onRead: (roundTripMs: Readonly<Record<string, number>>) => void,
): RepeatedRead {
  states.starts(NAME, dc);
  return readRepeatedly({
    ...{ clock, random, everyMs: EVERY_MS },
    read: async (signal) => {
      const { value } = await read(transport, {
        ...{ path: '/v1/coordinate/datacenters', timeoutMs: LIMIT_MS, signal, acceptStatuses: [200, 404] },
        // Coordinates are switched off, or this is no Consul that has them.
        decode: (answer) => (answer.status === 404 ? null : decodeWanCoordinates(answer)),
      });
      if (value === null) {
        states.lacks(NAME, dc, `Consul tells no coordinates in ${dc}, so how far other datacenters are is not known.`);
        return;
      }
      const roundTripMs = roundTripsFrom(dc, value);
      told.roundTrips(dc, roundTripMs);
      onRead(roundTripMs);
      states.reads(NAME, dc);
    },
    failed: (error) => {
      if (error.denied) states.lacks(NAME, dc, error.sentence);
      else states.fails(NAME, dc, error.sentence);
    },
  });
}

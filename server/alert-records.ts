import type { AlertRecordReader } from './alerts/desk/alert-history';
import type { FlapRecord } from './alerts/flaps/flap-record';
import type { Clock } from './consul/clock';
import { Pause } from './consul/pause';
import type { RecordReader } from './history/record-store';
import type { Recorder } from './history/recorder/recorder';

/** The record as alerts ask it. */

const LOOK_EVERY_MS = 100;
/** A record that is not written by then is not waited for. */
const WRITTEN_WITHIN_MS = 10_000;
/** What another Lictor saw a moment ago stands in the record within so long. */
const OTHERS_WRITE_WITHIN_MS = 2_000;

const EVERYTHING = { dc: null, service: null, node: null, instance: null };

export function flapRecordOf(reader: RecordReader, recorder: Pick<Recorder, 'status'>, clock: Clock): FlapRecord {
  const pause = new Pause(clock);
  return {
    settled: async () => {
      for (let waitedMs = 0; waitedMs < WRITTEN_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
        const { state } = recorder.status;
        // Who writes has told in its first batch what nobody watched.
        if (state === 'writing') return true;
        if (state === 'following') {
          await pause.sleep(OTHERS_WRITE_WITHIN_MS);
          return true;
        }
        await pause.sleep(LOOK_EVERY_MS);
      }
      return false;
    },
    transitions: (query) => reader.transitions({ ...EVERYTHING, ...query, order: 'oldest-first' }),
    gaps: (fromMs, toMs) => reader.gaps(fromMs, toMs, null),
    standing: async (atMs) => {
      const past = await reader.pastSummary(atMs, null);
      const maintained = past.flatMap(({ dc, services }) =>
        services.filter(({ counts }) => counts.maintenance > 0).map(({ name }) => ({ dc, service: name })),
      );
      const instances = await Promise.all(
        maintained.map((of) => reader.pastInstances(atMs, { ...of, node: null, instance: null })),
      );
      return {
        datacenters: past.map(({ dc }) => dc),
        maintained: instances.flat().flatMap(({ subject, status }) => (status === 'maintenance' ? [subject] : [])),
      };
    },
  };
}

export function alertRecordOf(reader: RecordReader): AlertRecordReader {
  return {
    alerts: (query) => {
      const rest = { kinds: ['alert' as const], order: 'newest-first' as const, afterId: null };
      return reader.transitions({ ...EVERYTHING, ...rest, ...query });
    },
  };
}

import { keySegments } from '@/lib/fleet/keys';
import { serviceSubject } from '@/lib/history/subjects';
import type { Subject } from '@/lib/history/transition';
import type { Change } from '@/lib/stream/protocol';
import { edgeEnds } from '@/lib/topology/edge-key';
import { switchRecord } from '@/lib/topology/recorded-switch';
import type { FailoverSwitch } from '@/lib/topology/topology-body';
import type { TopologyBook } from '@/lib/topology/topology-book';
import type { Settings } from './config/settings';
import type { Clock } from './consul/clock';
import { Pause } from './consul/pause';
import { readRecordedEdges, readSwitches } from './history/queries/past-edges';
import type { RecordReader } from './history/record-store';
import type { Recorder } from './history/recorder/recorder';
import { EdgeRecord } from './topology/edge-record';
import { FailoverSeen } from './topology/failover-seen';

export interface OpenTopologyRecordOptions {
  readonly book: TopologyBook;
  readonly recorder: Pick<Recorder, 'status' | 'recordEdge' | 'recordFailover'>;
  readonly reader: RecordReader;
  /** Every source has been read. */
  isSettled(): boolean;
  /** Whether what is shown of a datacenter is how it is now. */
  isLive(dc: string): boolean;
  /** Switches in the book changed. */
  onSwitches(): void;
  readonly clock: Clock;
}

const DAY_MS = 24 * 3_600_000;
const RECORD_LIMIT_MS = 5_000;

/** Writes down who depended on whom, and sees services go over to other datacenters, which is written down too. */
export function openTopologyRecord({ file }: Pick<Settings, 'file'>, options: OpenTopologyRecordOptions) {
  const { book, recorder, reader, isSettled, isLive, onSwitches, clock } = options;
  const edges = new EdgeRecord({
    ...{ book, clock, isSettled, load: () => readRecordedEdges(reader) },
    restateAfterMs: (file.history.retentionDays.transitions * DAY_MS) / 2,
    state: () => recorder.status.state,
    recorded: (edge, from, to) => recorder.recordEdge(subjectOf(edgeEnds(edge)[0]), edge, from, to),
  });
  const failover = new FailoverSeen({
    ...{ book, clock, isLive },
    changed: (before, after) => {
      onSwitches();
      // Every Lictor sees it; the one that writes the record tells it.
      if (recorder.status.state === 'following') return;
      const from = before && switchRecord(before);
      recorder.recordFailover(subjectOf(after.key), after.lostAt, from, switchRecord(after));
    },
  });

  let isStopped = false;
  /** A record that does not answer keeps nobody from seeing what happens now. */
  async function startFailover(): Promise<void> {
    const limit = new Pause(clock);
    const nothing: FailoverSwitch[] = [];
    const known = await Promise.race([
      readSwitches(reader, Date.parse(clock.iso(clock.now()))).catch(() => nothing),
      limit.sleep(RECORD_LIMIT_MS).then(() => nothing),
    ]);
    limit.end();
    if (isStopped) return;
    failover.start(known);
    onSwitches();
  }

  return {
    /** To be told what goes out in the topic `topology`. */
    look: (changes: readonly Change[]) => {
      edges.look(changes);
      failover.look(changes);
    },
    start: () => {
      edges.start();
      void startFailover();
    },
    stop: () => {
      isStopped = true;
      edges.stop();
    },
  };
}

/** @param key of a service */
function subjectOf(key: string): Subject {
  const [dc = '', name = ''] = keySegments(key) ?? [];
  return serviceSubject(dc, name);
}

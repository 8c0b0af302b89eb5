import { tierMs } from '@/lib/history/roll-up';
import type { Transition } from '@/lib/history/transition';
import type { RecordPlace } from '@/server/config/history-settings';
import type { GapChange } from '@/server/history/record-store';
import { LastingWriter } from '@/server/history/store/lasting-writer';
import { FLEET, GeneratedFleet } from './generated-fleet';

export const MONTH_MS = 30 * tierMs.day;
/** What is read off a hundred batches of a live Lictor: the writer is the same, only fuller. */
const BATCH = 20_000;
const DEPLOYMENTS = 2_000;
const GAPS = 40;

/** A month of the fleet's past, written by the record's own writer, in this thread. @returns how many transitions */
export async function writeMonth(place: RecordPlace, wanted: number, endMs: number): Promise<number> {
  const writer = new LastingWriter(place, (notice) => console.log(notice));
  await writer.takePen('bench');
  const startMs = endMs - MONTH_MS;
  const fleet = new GeneratedFleet();
  let batch: Transition[] = fleet.begin(startMs);
  let gaps: GapChange[] = [];
  let written = 0;
  const append = async (aliveMs: number) => {
    for (let at = 0; at < batch.length; at += BATCH) {
      await writer.append({ transitions: batch.slice(at, at + BATCH), gaps: at === 0 ? gaps : [], aliveMs });
    }
    written += batch.length;
    batch = [];
    gaps = [];
  };
  await append(startMs);
  const stepMs = MONTH_MS / (wanted - written);
  let told = 0;
  let deployed = 0;
  let gapped = 0;
  for (let made = 0; written + batch.length < wanted; ) {
    const atMs = Math.floor(startMs + made * stepMs);
    const change = fleet.change(atMs);
    made += change.length;
    batch.push(...change);
    const share = (atMs - startMs) / MONTH_MS;
    if (share * DEPLOYMENTS > deployed) {
      deployed += 1;
      batch.push(fleet.deployment(atMs, `1.0.${deployed}`));
    }
    if (share * GAPS > gapped && batch.length > 0) {
      gapped += 1;
      await append(atMs);
      const dc = `dc${1 + (gapped % FLEET.datacenters)}`;
      gaps.push({ op: 'begin', dc, atMs, reason: 'Consul did not answer.' });
      gaps.push({ op: 'end', dc, atMs: atMs + 30_000, reason: '' });
    }
    if (batch.length >= BATCH) await append(atMs);
    if (written >= told + wanted / 10) {
      told = written;
      console.log(`${Math.round((100 * written) / wanted)}% of ${wanted} transitions`);
    }
  }
  await append(endMs);
  await writer.close();
  return written;
}

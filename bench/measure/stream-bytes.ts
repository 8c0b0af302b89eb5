import http from 'node:http';
import { until } from '@/e2e/world/until';
import { serviceKey } from '@/lib/fleet/keys';
import type { ServiceRecord } from '@/lib/fleet/model';
import type { ChangeEvent } from '@/lib/stream/protocol';
import type { CatalogInstance, CatalogWriter } from './catalog-writer';
import { LARGE_DC } from './large-world';

const DEADLINE_MS = 30_000;

/** Bytes of change events that topic `fleet` carries for one flip, on average over `flips`; heartbeats are not counted. */
export async function flipBytes(
  lictor: string,
  writer: CatalogWriter,
  instance: CatalogInstance,
  flips: number,
): Promise<number> {
  /** As the stream said last. */
  let status: string | null = null;
  let bytes = 0;
  let isOpen = false;
  const request = http.get(`${lictor}/api/v1/stream?topic=fleet`, (answer) => {
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => {
      const frames = (rest + chunk).split('\n\n');
      rest = frames.pop() ?? '';
      isOpen ||= frames.some((one) => one.includes('event: heartbeat'));
      for (const frame of frames.filter((one) => one.includes('event: change'))) {
        bytes += Buffer.byteLength(frame) + 2;
        status = statusIn(frame, instance.service) ?? status;
      }
    });
  });
  try {
    // What changes before that is in the opening, and is no change.
    await until('the stream to have opened', () => isOpen, { deadlineMs: DEADLINE_MS, everyMs: 5 });
    for (let n = 0; n < flips; n += 1) {
      const wanted = n % 2 === 0 ? 'critical' : 'passing';
      await writer.flip(instance, wanted);
      // Not that an event came: what flips so often flaps, which is told too.
      await until('the flip to be on the stream', () => status === wanted, { deadlineMs: DEADLINE_MS, everyMs: 5 });
    }
    return bytes / flips;
  } finally {
    request.destroy();
  }
}

function statusIn(frame: string, service: string): string | null {
  const data = frame.split('\n').find((line) => line.startsWith('data: ')) ?? '';
  const { changes } = JSON.parse(data.slice('data: '.length)) as ChangeEvent;
  const change = changes.find(({ key }) => key === serviceKey(LARGE_DC, service));
  return (change?.value as ServiceRecord | undefined)?.status ?? null;
}

import http from 'node:http';
import { until } from '@/e2e/world/until';
import type { CatalogInstance, CatalogWriter } from './catalog-writer';

const DEADLINE_MS = 30_000;

/** Bytes of change events that topic `fleet` carries for one flip, on average over `flips`; heartbeats are not counted. */
export async function flipBytes(
  lictor: string,
  writer: CatalogWriter,
  instance: CatalogInstance,
  flips: number,
): Promise<number> {
  let events = 0;
  let bytes = 0;
  const request = http.get(`${lictor}/api/v1/stream?topic=fleet`, (answer) => {
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => {
      const frames = (rest + chunk).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames.filter((one) => one.includes('event: change'))) {
        events += 1;
        bytes += Buffer.byteLength(frame) + 2;
      }
    });
  });
  try {
    for (let n = 0; n < flips; n += 1) {
      await writer.flip(instance, n % 2 === 0 ? 'critical' : 'passing');
      await until('the flip to be on the stream', () => events > n, { deadlineMs: DEADLINE_MS, everyMs: 5 });
    }
    return bytes / flips;
  } finally {
    request.destroy();
  }
}

import { expect, test } from 'vitest';
import { type Sink, StreamClient } from './client';

const BOUNDS = { maxUnsentBytes: 1_000_000, maxWaitingKeys: 5, maxStalledMs: 30_000 };
const HEARTBEAT = Buffer.alloc(100);

/** A peer behind a line that takes so many bytes whenever it is told to. */
class LineSink implements Sink {
  writableLength = 0;
  destroyed = false;

  write(bytes: Buffer): void {
    this.writableLength += bytes.length;
  }

  take(bytes: number): void {
    this.writableLength = Math.max(0, this.writableLength - bytes);
  }

  end(): void {}

  destroy(): void {
    this.destroyed = true;
  }
}

function behindALine(takenASecond: number): LineSink {
  const sink = new LineSink();
  const client = new StreamClient(new Set(['fleet']), sink, 1, BOUNDS);
  client.write(Buffer.alloc(100_000));
  for (let second = 1; second <= 60; second += 1) {
    sink.take(takenASecond);
    client.tick(second * 1_000, HEARTBEAT);
  }
  return sink;
}

test('a peer that takes nothing for half a minute is cut off', () => {
  expect(behindALine(0).destroyed).toBe(true);
});

test('a slow peer that takes a little all the time is never cut off, though it is always behind', () => {
  const sink = behindALine(150);
  expect(sink.writableLength).toBeGreaterThan(0);
  expect(sink.destroyed).toBe(false);
});

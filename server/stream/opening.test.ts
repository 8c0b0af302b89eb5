import { expect, test } from 'vitest';
import type { FleetBody } from '@/lib/fleet/model';
import { Journal } from './journal';
import { openingFrames } from './opening';
import { Resumes } from './resumes';
import { Snapshots } from './snapshots';

const AT = '2026-01-01T00:00:00.000Z';

function streaming() {
  const journal = new Journal(1, () => AT);
  const body = { epoch: 1, seq: 0, at: AT, datacenters: [] } as Partial<FleetBody> as FleetBody;
  const snapshots = new Snapshots(journal, { bodyOf: () => body, nowMs: () => 0, nowIso: () => AT });
  const resumes = new Resumes(journal);
  const publish = (key: string) => {
    const changes = [{ key, op: 'remove' as const, value: null, from: null, merged: false }];
    journal.publish('fleet', { observedAt: AT, index: null, changes });
  };
  const comeBack = (seq: number) =>
    openingFrames(journal, [{ topic: 'fleet', position: { epoch: 1, seq } }], snapshots, resumes);
  return { publish, comeBack };
}

const ids = (frames: Buffer[]) =>
  Buffer.concat(frames)
    .toString()
    .match(/(?<=^id: ).*/gm);

test('who comes back from the same place is given the same bytes, encoded once; another place, or another event, makes others', () => {
  const { publish, comeBack } = streaming();
  for (const key of ['a', 'b', 'c']) publish(key);
  const [first] = comeBack(1);
  expect(ids(comeBack(1))).toEqual(['1:2', '1:3']);
  expect(comeBack(1)[0]).toBe(first);
  expect(ids(comeBack(2))).toEqual(['1:3']);
  publish('d');
  expect(ids(comeBack(1))).toEqual(['1:2', '1:3', '1:4']);
});

test('who missed hundreds of events is sent the newest state of each key, and stands where all of them are behind it', () => {
  const { publish, comeBack } = streaming();
  for (let n = 0; n < 400; n += 1) publish(`dc1/web-${n % 3}`);
  const frames = comeBack(1);
  expect(ids(frames)).toEqual(['1:400']);
  const { changes } = JSON.parse(
    Buffer.concat(frames)
      .toString()
      .match(/(?<=^data: ).*/m)?.[0] ?? '',
  );
  expect(changes.map(({ key }: { key: string }) => key).sort()).toEqual(['dc1/web-0', 'dc1/web-1', 'dc1/web-2']);
});

test('who missed nothing is sent nothing', () => {
  const { publish, comeBack } = streaming();
  publish('a');
  expect(comeBack(1)).toEqual([]);
});

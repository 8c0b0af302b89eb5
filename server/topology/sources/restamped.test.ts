import { expect, test } from 'vitest';
import { Restamped } from './restamped';
import { listening } from './testing/told-by';

const MINUTE_MS = 60_000;
const edge = (from: string) => ({ from, to: 'dc1/b', kind: 'upstream', source: 's', seenAtMs: 0 }) as const;

function restamped(lost: string[] = []) {
  const heard = listening();
  const told = new Restamped(heard.told, (dc) => !lost.includes(dc));
  const seenAtMs = (id: string) => heard.sources.get(id)?.edges[0]?.seenAtMs;
  return { heard, told, seenAtMs };
}

test('what still stands is seen again after a while, and what was let go of is not', () => {
  const { told, seenAtMs, heard } = restamped();
  told.tell({ id: 'a', edges: [edge('dc1/a')], nodes: [] }, 0);
  told.tell({ id: 'b', edges: [edge('dc1/c')], nodes: [] }, 0);
  told.untell('b');
  told.tick(14 * MINUTE_MS);
  expect(seenAtMs('a')).toBe(0);
  told.tick(15 * MINUTE_MS);
  expect([seenAtMs('a'), heard.sources.has('b')]).toEqual([15 * MINUTE_MS, false]);
  told.tick(29 * MINUTE_MS);
  expect(seenAtMs('a')).toBe(15 * MINUTE_MS);
});

test('of a datacenter that nobody sees nothing is seen again, and it holds the others up no more than a tick', () => {
  const lost = ['dc2'];
  const { told, seenAtMs } = restamped(lost);
  told.tell({ id: 'away', edges: [edge('dc2/a')], nodes: [] }, 0);
  told.tell({ id: 'here', edges: [edge('dc1/a')], nodes: [] }, 0);
  told.tick(20 * MINUTE_MS);
  expect([seenAtMs('away'), seenAtMs('here')]).toEqual([0, 20 * MINUTE_MS]);
  lost.pop();
  told.tick(21 * MINUTE_MS);
  expect(seenAtMs('away')).toBe(21 * MINUTE_MS);
});

test('many are seen again a part at a time', () => {
  const { told, heard } = restamped();
  for (let at = 0; at < 250; at += 1) told.tell({ id: `${at}`, edges: [edge(`dc1/${at}`)], nodes: [] }, 0);
  const before = heard.tellings;
  told.tick(15 * MINUTE_MS);
  expect(heard.tellings - before).toBe(100);
  for (let times = 0; times < 5; times += 1) told.tick(15 * MINUTE_MS);
  expect(heard.tellings - before).toBe(250);
});

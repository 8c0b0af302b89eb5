import { expect, test } from 'vitest';
import type { AlertRecord } from '@/lib/alerts/alert-body';
import type { SavedAlert } from '@/lib/alerts/alert-episode';
import { stepsSince } from './steps-since';

const saved = (id: string, phase: SavedAlert['phase']) => ({ condition: { id }, phase }) as SavedAlert;
const present = (id: string, state: AlertRecord['state']) => ({ id, state }) as AlertRecord;
const words = (before: readonly SavedAlert[], now: readonly AlertRecord[]) =>
  stepsSince(before, now, 7).map(({ id, from, to }) => `${id} ${from} ${to}`);

test('what fired and is over, or gone, and what fires and did not, are steps; what goes on as it was is none', () => {
  const before = [saved('over', 'firing'), saved('gone', 'firing'), saved('on', 'firing'), saved('ripe', 'pending')];
  const now = [present('over', 'resolved'), present('on', 'acknowledged'), present('ripe', 'firing')];
  expect(words(before, [...now, present('new', 'silenced')])).toEqual([
    ...['over firing resolved', 'gone firing resolved', 'ripe pending firing', 'new null silenced'],
  ]);
});

test('what never fired leaves no word, whether it came or went', () => {
  const before = [saved('went', 'pending'), saved('past', 'resolved')];
  expect(words(before, [present('came', 'pending'), present('past', 'resolved')])).toEqual([]);
});

import { expect, it } from 'vitest';
import type { Mechanism } from '@/lib/release/mechanism';
import type { Standing } from '@/server/release/actuator';
import { bookEntry } from './book-entry';
import type { SplitReading } from './split-reading';
import { takeReading } from './taken-reading';

const standing = (mechanism: Mechanism, index: number): Standing => ({
  ...{ mechanism, can: true, reason: null, declared: null, source: null, index, routes: [], failover: [], images: {} },
});

const reading = (standings: readonly Standing[], ...unreadable: Mechanism[]): SplitReading => ({
  ...{ standings, unreadable: new Set(unreadable) },
});

function taking() {
  const entry = bookEntry('dc1/web', 'dc1', 'web', []);
  const take = (turn: number, read: SplitReading) => takeReading(entry, turn, read);
  const known = () => entry.reading?.standings.map(({ mechanism, index }) => `${mechanism} ${index}`);
  return { entry, take, known };
}

it('of two readings each mechanism has the one that was begun later, whichever ends first', () => {
  const { take, known } = taking();
  take(1, reading([standing('mesh', 1), standing('policy', 1)]));
  expect(take(3, reading([standing('mesh', 3)]))).toEqual(['mesh']);
  expect(take(2, reading([standing('mesh', 2), standing('policy', 2)]))).toEqual(['policy']);
  expect(known()).toEqual(['mesh 3', 'policy 2']);
});

it('what was not read stays as it was known, and what could not be read says so until it can', () => {
  const { entry, take, known } = taking();
  take(1, reading([standing('mesh', 1), standing('policy', 1)]));
  const unread = { ...standing('policy', 0), can: false, reason: 'Nothing answers.' };
  take(2, reading([unread], 'policy'));
  expect(known()).toEqual(['mesh 1', 'policy 1']);
  expect(entry.reading?.standings[1]).toMatchObject({ can: false, reason: 'Nothing answers.' });
  take(3, reading([standing('mesh', 3)]));
  expect([...(entry.reading?.unreadable ?? [])]).toEqual(['policy']);
  take(4, reading([standing('policy', 4)]));
  expect([known(), entry.reading?.unreadable.size]).toEqual([['mesh 3', 'policy 4'], 0]);
});

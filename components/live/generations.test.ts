import { expect, it } from 'vitest';
import { NotedGenerations, type SharedNote } from './generations';

const sharedNote = (): SharedNote => {
  const notes = new Map<string, string>();
  return { getItem: (key) => notes.get(key) ?? null, setItem: (key, value) => void notes.set(key, value) };
};

const tabOn = (note: SharedNote) => new NotedGenerations(() => note, 'generation');

it('tabs that find the same worker dead go on to the same one, also a tab that comes later', () => {
  const note = sharedNote();
  const [first, second] = [tabOn(note), tabOn(note)];
  expect([first.current(), second.current()]).toEqual([0, 0]);
  expect([first.after(0), second.after(0)]).toEqual([1, 1]);
  expect(tabOn(note).current()).toBe(1);
  expect(first.after(1)).toBe(2);
  expect(second.current()).toBe(2);
});

it.each(['', 'x', '-1', '1.5', '1e300', 'NaN'])('a note %j that no tab wrote is none', (text) => {
  const note = sharedNote();
  note.setItem('generation', text);
  expect(tabOn(note).current()).toBe(0);
  expect(tabOn(note).after(0)).toBe(1);
});

it('where the browser keeps no notes each tab counts by itself', () => {
  const alone = new NotedGenerations(() => {
    throw new Error('Storage is forbidden here.');
  }, 'generation');
  expect(alone.after(0)).toBe(1);
  expect(alone.after(1)).toBe(2);
  expect(alone.current()).toBe(2);
});

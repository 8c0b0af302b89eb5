import { expect, it } from 'vitest';
import { nodeFields } from './node-fields';
import { serviceFields } from './service-fields';
import { beforeUnfinishedField } from './unfinished-field';

it('takes a last word that begins a field’s name for one that is on its way', () => {
  expect(beforeUnfinishedField('stat', serviceFields)).toBe('');
  expect(beforeUnfinishedField('dc:dc1 STATUS', serviceFields)).toBe('dc:dc1 ');
  expect(beforeUnfinishedField('web (stat', serviceFields)).toBe('web (');
  expect(beforeUnfinishedField('web met', nodeFields)).toBe('web ');
});

it('leaves alone what is no such word, or stands as a value, in quotes, or before another', () => {
  for (const text of [
    '',
    'stat ',
    'statx',
    'web',
    'name:stat',
    'name:web,stat',
    '"stat',
    '"stat"',
    'stat web',
    '-stat',
  ]) {
    expect(beforeUnfinishedField(text, serviceFields)).toBeNull();
  }
  expect(beforeUnfinishedField('met', serviceFields)).toBeNull();
});

import { expect, it } from 'vitest';
import { marksOf } from './marks';
import { serviceSubject } from './subjects';
import type { Transition } from './transition';

const transition = (over: Partial<Transition>): Transition => ({
  ...{ subject: serviceSubject('dc1', 'web'), kind: 'deployment', item: null, from: null, to: null },
  ...{ observedAtMs: 0, index: null, merged: false, unwatchedFromMs: null, ...over },
});

it('names the alert behind a mark, and no part of anything else', () => {
  const alert = transition({ kind: 'alert', item: 'Flapping:dc1/web', to: 'firing' });
  const { marks } = marksOf([alert, transition({ to: '1.1.0' })]);
  expect(marks.map(({ kind, to, item }) => [kind, to, item])).toEqual([
    ['alert', 'firing', 'Flapping:dc1/web'],
    ['deployment', '1.1.0', undefined],
  ]);
});

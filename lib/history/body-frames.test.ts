import { expect, test } from 'vitest';
import { isHistoryBody, isLanesBody, isReplayBody, isTimelineBody, isTransitionsBody } from './body-frames';

const span = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T01:00:00.000Z' };
const gap = { dc: 'dc1', from: span.from, to: null, reason: 'Lictor was not running.' };

const FRAMES: [name: string, isBody: (value: unknown) => boolean, body: Record<string, unknown>][] = [
  [
    'timeline',
    isTimelineBody,
    {
      ...{ ...span, buckets: [{ at: span.from, unknownMs: 0 }], timeInMs: { passing: 1 }, gaps: [gap] },
      marks: [{ at: span.from, kind: 'deployment', key: 'dc1/web' }],
    },
  ],
  ['lanes', isLanesBody, { ...span, lanes: [{ key: 'dc1/web', status: 'passing', bars: [] }] }],
  [
    'replay',
    isReplayBody,
    {
      ...{ ...span, snapshot: { datacenters: [{ name: 'dc1', services: [] }] }, gaps: [gap] },
      changes: [{ seq: 1, changes: [] }],
    },
  ],
  [
    'transitions',
    isTransitionsBody,
    { items: [{ id: 1, observedAt: span.from, subject: 'dc1/web', kind: 'status' }], next: null },
  ],
  ['history', isHistoryBody, { state: 'writing', notices: [{ at: span.from, text: 'Nothing was lost.' }] }],
];

test.each(FRAMES)('%s: knows its own frame, and none with a part left out or spoiled', (_, isBody, body) => {
  expect(isBody(body)).toBe(true);
  for (const field of Object.keys(body).filter((name) => name !== 'next')) {
    const { [field]: _left, ...rest } = body;
    expect([field, isBody(rest)]).toEqual([field, false]);
    expect([field, isBody({ ...rest, [field]: [null] })]).toEqual([field, false]);
  }
});

test.each(FRAMES)('%s: takes nothing for it that is not a JSON object of Lictor', (_, isBody) => {
  for (const value of [null, undefined, 1, 'text', true, [], {}, [[]]]) expect(isBody(value)).toBe(false);
});

import { expect, it } from 'vitest';
import type { Outlet, Silence } from '@/lib/alerts/alert-body';
import { silenceGroups } from './listed-silences';

const NOW = Date.parse('2026-07-10T12:00:00Z');

const silence = (id: string, state: Silence['state'], from: string, to: string): Silence => ({
  ...{ id, state, filter: `service=${id}`, from: `2026-07-10T${from}:00Z`, to: `2026-07-10T${to}:00Z` },
  ...{ reason: 'why', by: 'ines', createdAt: '2026-07-10T08:00:00Z', matches: 1, etag: '"1"' },
});

const outlet: Outlet = {
  ...{ name: 'alertmanager a', kind: 'alertmanager', url: 'http://a', state: 'ok', reason: null, lastOkAt: null },
  ...{ waiting: 0, deadLetters: 0 },
  silences: [
    {
      ...{ id: '8', matchers: 'lictor_alert="Down:dc1/a"', by: 'Lictor', comment: 'why' },
      ...{ from: '2026-07-10T11:00:00Z', to: '2026-07-10T12:10:00Z' },
    },
    {
      ...{ id: '7', matchers: 'dc="dc1"', by: 'maya', comment: 'carrier' },
      ...{ from: '2026-07-10T10:00:00Z', to: '2026-07-10T12:30:00Z' },
    },
  ],
};

it('puts what ends first first, tells whose each is, and what ended last first', () => {
  const silences = [
    silence('late', 'active', '11:00', '18:00'),
    silence('soon', 'active', '11:00', '12:10'),
    silence('tonight', 'scheduled', '22:00', '23:00'),
    silence('evening', 'scheduled', '19:00', '23:30'),
    silence('early', 'expired', '08:00', '09:00'),
    silence('just-now', 'expired', '08:00', '11:59'),
  ];
  const groups = silenceGroups({ silences, outlets: [outlet] }, NOW);
  expect(groups.active.map(({ filter, outlet }) => [filter, outlet?.href ?? null])).toEqual([
    ['service=soon', null],
    ['dc="dc1"', 'http://a/#/silences/7'],
    ['service=late', null],
  ]);
  expect(groups.scheduled.map(({ filter }) => filter)).toEqual(['service=evening', 'service=tonight']);
  expect(groups.expired.map(({ filter }) => filter)).toEqual(['service=just-now', 'service=early']);
});

it('takes a silence of Alertmanager that has not begun for a scheduled one', () => {
  const groups = silenceGroups({ silences: [], outlets: [outlet] }, Date.parse('2026-07-10T09:00:00Z'));
  expect(groups.active).toEqual([]);
  expect(groups.scheduled).toHaveLength(1);
});

import { describe, expect, it } from 'vitest';
import type { TransitionItem } from '@/lib/history/transition-item';
import { checkLanes } from './check-lanes';

const at = (second: number) => new Date(second * 1_000).toISOString();
const item = (second: number, check: string, from: string | null, to: string | null): TransitionItem => ({
  id: second,
  observedAt: at(second),
  index: null,
  dc: 'dc1',
  subject: 'dc1/n/s',
  subjectKind: 'instance',
  service: 's',
  node: 'n',
  kind: 'check',
  item: check,
  from,
  to,
  merged: false,
  unwatchedFrom: null,
});

describe('the lanes of an instance’s checks', () => {
  const span = { fromMs: 0, toMs: 100_000 };

  it('hold what each check was between its transitions, and before the first what that one says', () => {
    const lanes = checkLanes(
      [
        item(90, 'ttl', 'passing', 'warning'),
        item(50, 'http', 'critical', 'passing'),
        item(20, 'http', 'passing', 'critical'),
        item(10, 'ttl', 'critical', 'passing'),
      ],
      span,
    );
    expect(lanes).toEqual([
      {
        check: 'http',
        status: 'passing',
        bars: [{ from: '1970-01-01T00:00:20Z', to: '1970-01-01T00:00:50Z', status: 'critical' }],
      },
      {
        check: 'ttl',
        status: 'warning',
        bars: [
          { from: '1970-01-01T00:00:00Z', to: '1970-01-01T00:00:10Z', status: 'critical' },
          { from: '1970-01-01T00:01:30Z', to: '1970-01-01T00:01:40Z', status: 'warning' },
        ],
      },
    ]);
  });

  it('have no bar for a check that is not there yet, or is gone', () => {
    const lanes = checkLanes([item(60, 'http', 'critical', null), item(40, 'http', null, 'critical')], span);
    expect(lanes).toEqual([
      {
        check: 'http',
        status: null,
        bars: [{ from: '1970-01-01T00:00:40Z', to: '1970-01-01T00:01:00Z', status: 'critical' }],
      },
    ]);
  });
});

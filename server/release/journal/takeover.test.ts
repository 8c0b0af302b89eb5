import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Intent } from '@/lib/release/journal/intent';
import { hasEnded, thisProcess } from './holder';
import { takeoverOf } from './takeover';

const SELF = thisProcess('a');
const DEADLINE_MS = Date.parse('2026-01-01T00:00:30.000Z');

const intentOf = (holder: Partial<Intent['holder']>): Intent => ({
  ...{ format: 1, id: 'id', dc: 'dc1', service: 'web', mechanism: 'mesh', by: 'anna' },
  holder: { ...SELF, process: 'other', ...holder },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', deadlineAt: '2026-01-01T00:00:30.000Z', phase: 'writing' },
  ...{ done: [], lost: [], restored: [], parts: 1, signature: null, trouble: null },
});

describe('whose plan may be taken over', () => {
  const view = { self: SELF, leads: false, wallMs: DEADLINE_MS - 1, marginMs: 10_000 };

  it('one that this process has left itself, at once', () => {
    expect(takeoverOf(intentOf({ process: SELF.process }), view)).toBe('at-once');
  });

  it("another's only by the leader, and only when its deadline and a margin are over", () => {
    const intent = intentOf({ replica: 'b', host: 'elsewhere' });
    expect(takeoverOf(intent, { ...view, leads: true, wallMs: DEADLINE_MS + 10_000 })).toBe('not');
    expect(takeoverOf(intent, { ...view, leads: true, wallMs: DEADLINE_MS + 10_001 })).toBe('overdue');
    expect(takeoverOf(intent, { ...view, wallMs: DEADLINE_MS + 10_001 })).toBe('not');
  });
});

describe('whether a holder has ended', () => {
  it('is known of one that bore this name on this machine and whose process is gone', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const { pid = 0 } = child;
    await once(child, 'exit');
    expect(hasEnded({ ...SELF, pid, process: 'other' }, SELF)).toBe(true);
  });

  it('is known where it had the number of this process, as the first one of a container always has', () => {
    expect(hasEnded({ ...SELF, process: 'other' }, SELF)).toBe(true);
  });

  it('is not concluded of one that runs, of one elsewhere, or of this process', () => {
    expect(hasEnded({ ...SELF, pid: process.ppid, process: 'other' }, SELF)).toBe(false);
    expect(hasEnded({ ...SELF, host: 'elsewhere', process: 'other' }, SELF)).toBe(false);
    expect(hasEnded({ ...SELF, replica: 'b', process: 'other' }, SELF)).toBe(false);
    expect(hasEnded(SELF, SELF)).toBe(false);
  });
});

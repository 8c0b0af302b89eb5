import { expect, it } from 'vitest';
import { judgeLock } from './judge-lock';
import { leaderRecordText, readLeaderRecord } from './leader-record';

const RECORD = { id: 'a', name: 'https://ops', since: '2026-01-01T00:00:00.000Z', released: false };

it('a lock that its holder let go of is free at once, one that was lost only after a grace', () => {
  const judge = (record: typeof RECORD | null, heldBefore: boolean) =>
    judgeLock({ session: null, record }, null, heldBefore, 3_000);
  expect(judge({ ...RECORD, released: true }, true)).toEqual({ kind: 'free', afterMs: 0 });
  expect(judge(RECORD, true)).toEqual({ kind: 'free', afterMs: 3_000 });
  expect(judge(null, true)).toEqual({ kind: 'free', afterMs: 3_000 });
  expect(judge(null, false)).toEqual({ kind: 'free', afterMs: 0 });
});

it('a lock belongs to the session that holds it, whatever its value says', () => {
  const judge = (session: string) => judgeLock({ session, record: RECORD }, 'own', true, 3_000);
  expect(judge('own')).toEqual({ kind: 'own' });
  expect(judge('other')).toEqual({ kind: 'held', holder: 'https://ops' });
  expect(judgeLock({ session: 'other', record: null }, 'own', true, 0)).toEqual({ kind: 'held', holder: null });
});

it('the record survives its text, and what somebody else wrote there is none', () => {
  expect(readLeaderRecord(leaderRecordText(RECORD))).toEqual(RECORD);
  expect(readLeaderRecord(leaderRecordText({ ...RECORD, name: 'x'.repeat(500) }))?.name).toHaveLength(200);
  for (const text of ['', 'null', '{', '{"id":1}', '[]', `{"name":"${'x'.repeat(500)}"}`]) {
    expect(readLeaderRecord(text)).toBeNull();
  }
});

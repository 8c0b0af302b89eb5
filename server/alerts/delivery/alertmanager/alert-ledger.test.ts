import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentAlert } from '@/server/alerts/delivery/testing/sent-alert';
import type { SentAlert } from '@/server/alerts/outlet-parts';
import { AlertLedger, type DuePost } from './alert-ledger';

const RESEND_MS = 60_000;
const T0 = 1_000_000_000;
const NOTHING_THERE = { firing: new Set<string>(), startedAtMs: 0, askedAtMs: T0 };

function ledgerOf(alerts: readonly SentAlert[] = []) {
  const ledger = new AlertLedger(RESEND_MS);
  ledger.tell(alerts, T0);
  ledger.looked(NOTHING_THERE, T0);
  return ledger;
}

const shown = (posts: readonly DuePost[]) =>
  posts.map(({ alert, endedAtMs }) => `${alert.record.subject.name} ${endedAtMs === null ? 'fires' : 'ends'}`);

function acceptAll(ledger: AlertLedger, nowMs: number): string[] {
  const posts = ledger.due(nowMs);
  for (const post of posts) ledger.accept(post, nowMs);
  return shown(posts);
}

const fires = (name: string, firedAtMs = T0 - 1_000) => sentAlert({ name, firedAtMs });
const ends = (name: string, firedAtMs = T0 - 1_000) => sentAlert({ name, firedAtMs, resolvedAtMs: T0 });

test('nothing is due before it was looked what is there', () => {
  const ledger = new AlertLedger(RESEND_MS);
  ledger.tell([fires('a')], T0);
  expect(ledger.due(T0)).toEqual([]);
  expect(ledger.nextDueMs()).toBe(Number.POSITIVE_INFINITY);
  ledger.looked(NOTHING_THERE, T0);
  expect(shown(ledger.due(T0))).toEqual(['a fires']);
});

test('what was accepted is due again after the pause, and sooner only when it tells something else', () => {
  const ledger = ledgerOf([fires('a')]);
  expect(acceptAll(ledger, T0)).toEqual(['a fires']);
  expect(ledger.waiting).toBe(0);
  expect(ledger.nextDueMs()).toBe(T0 + RESEND_MS);
  expect(ledger.due(T0 + RESEND_MS - 1)).toEqual([]);
  ledger.tell([sentAlert({ name: 'a', firedAtMs: T0 - 1_000, annotations: { count: '2' } })], T0 + 1);
  expect(ledger.due(T0 + 4_999)).toEqual([]);
  expect(acceptAll(ledger, T0 + 5_000)).toEqual(['a fires']);
  expect(shown(ledger.due(T0 + 5_000 + RESEND_MS))).toEqual(['a fires']);
});

test('an end is due until it is accepted, also when nobody tells of it any more', () => {
  const ledger = ledgerOf([fires('a')]);
  acceptAll(ledger, T0);
  ledger.tell([ends('a')], T0 + 1);
  ledger.tell([], T0 + 2);
  expect(ledger.waiting).toBe(1);
  expect(acceptAll(ledger, T0 + 3)).toEqual(['a ends']);
  ledger.tell([ends('a')], T0 + 4);
  expect(ledger.waiting).toBe(0);
});

test('an end that was accepted is not told again as long as it is told of', () => {
  const ledger = ledgerOf([fires('a')]);
  acceptAll(ledger, T0);
  ledger.tell([ends('a')], T0 + 1);
  expect(acceptAll(ledger, T0 + 1)).toEqual(['a ends']);
  ledger.tell([ends('a')], T0 + 2);
  expect(ledger.due(T0 + 2 + RESEND_MS)).toEqual([]);
});

test('what fired and ended unaccepted is told as ended, and one that fires again after it in this order', () => {
  const ledger = ledgerOf([fires('a')]);
  ledger.tell([ends('a')], T0 + 1);
  ledger.tell([fires('a', T0 + 2)], T0 + 3);
  expect(acceptAll(ledger, T0 + 3)).toEqual(['a ends', 'a fires']);
  expect(ledger.waiting).toBe(0);
});

test('an end that was refused does not end what fires since', () => {
  const ledger = ledgerOf([fires('a')]);
  acceptAll(ledger, T0);
  ledger.tell([ends('a')], T0 + 1);
  const [end] = ledger.due(T0 + 1);
  if (end !== undefined) ledger.refuse(end, 'no', T0 + 1);
  expect(ledger.refusal).toBe('it does not take the end of Flapping:dc1/a: no');
  ledger.tell([fires('a', T0 + 2)], T0 + 3);
  expect(acceptAll(ledger, T0 + 3)).toEqual(['a fires']);
  expect(shown(ledger.due(T0 + 3 + RESEND_MS))).toEqual(['a fires']);
  expect(ledger.refusal).toBeNull();
});

test('what is told no more ends there, and nothing that was never accepted', () => {
  const ledger = ledgerOf([fires('a'), fires('b')]);
  const [a] = ledger.due(T0);
  if (a !== undefined) ledger.accept(a, T0);
  ledger.tell([], T0 + 1);
  expect(acceptAll(ledger, T0 + 1)).toEqual(['a ends']);
});

test('what ended ends, though it is said to have begun at another time than was known', () => {
  const ledger = ledgerOf([fires('a')]);
  acceptAll(ledger, T0);
  ledger.tell([ends('a', T0 - 500)], T0 + 1);
  expect(acceptAll(ledger, T0 + 1)).toEqual(['a ends']);
  expect(ledger.nextDueMs()).toBe(Number.POSITIVE_INFINITY);
});

test('one is known there by its label, which of a long id is only a part', () => {
  const alert = sentAlert({ name: 'a', labels: { lictor_alert: 'cut…' } });
  const ledger = ledgerOf([alert]);
  acceptAll(ledger, T0);
  ledger.looked({ firing: new Set(['cut…']), startedAtMs: 0, askedAtMs: T0 + 1 }, T0 + 1);
  expect(ledger.due(T0 + 1)).toEqual([]);
});

test('what was on its way as it ended ends', () => {
  const ledger = ledgerOf([fires('a')]);
  const onItsWay = ledger.due(T0);
  ledger.trying(onItsWay);
  ledger.tell([], T0 + 1);
  for (const post of onItsWay) ledger.accept(post, T0 + 2);
  expect(acceptAll(ledger, T0 + 2)).toEqual(['a ends']);
});

test('what is missing there is due at once, unless it was accepted after the question', () => {
  const ledger = ledgerOf([fires('a'), fires('b'), fires('c')]);
  const [a, b, c] = ledger.due(T0);
  if (a === undefined || b === undefined || c === undefined) throw new Error('three are due');
  ledger.accept(a, T0 + 1);
  ledger.accept(b, T0 + 1);
  ledger.accept(c, T0 + 10);
  ledger.looked({ firing: new Set([b.alert.record.id]), startedAtMs: 0, askedAtMs: T0 + 5 }, T0 + 20);
  expect(shown(ledger.due(T0 + 20))).toEqual(['a fires']);
});

test('a new leader ends what still fires there, leaves alone what has ended, and tells the end again to one that was started since', () => {
  const isThere = { ...NOTHING_THERE, firing: new Set(['Flapping:dc1/there']) };
  const told = [fires('on'), ends('there'), ends('gone')];
  const ledger = new AlertLedger(RESEND_MS);
  ledger.tell(told, T0);
  ledger.looked(isThere, T0);
  expect(acceptAll(ledger, T0)).toEqual(['there ends', 'on fires']);
  ledger.forget();
  ledger.tell(told, T0);
  ledger.looked({ ...isThere, startedAtMs: T0 - 500 }, T0);
  expect(acceptAll(ledger, T0)).toEqual(['there ends', 'gone ends', 'on fires']);
});

test('what fires there since a former leader is no news', () => {
  const ledger = new AlertLedger(RESEND_MS);
  ledger.tell([fires('a'), fires('b')], T0);
  ledger.looked({ ...NOTHING_THERE, firing: new Set(['Flapping:dc1/a']) }, T0);
  expect(ledger.due(T0).map(({ isNews }) => isNews)).toEqual([false, true]);
});

test('ends are held for a day, and ten thousand at most', () => {
  const ledger = ledgerOf();
  const many = Array.from({ length: 10_010 }, (_, at) => ends(`s${at}`));
  ledger.tell(many, T0);
  expect(ledger.waiting).toBe(10_000);
  expect(ledger.droppedEnds).toBe(10);
  ledger.tell(many, T0 + 24 * 3_600_000);
  expect(ledger.waiting).toBe(0);
});

/** An Alertmanager, by what it was told: an alert fires until its end. */
type Step =
  | { readonly do: 'tell'; readonly states: readonly ('absent' | 'fires' | 'again' | 'over')[] }
  | { readonly do: 'post'; readonly outcome: 'taken' | 'lost' | 'unknown' }
  | { readonly do: 'restart' }
  | { readonly do: 'look' };

const states = fc.array(fc.constantFrom('absent', 'fires', 'again', 'over'), { minLength: 3, maxLength: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  states.map((list): Step => ({ do: 'tell', states: list })),
  fc.constantFrom('taken', 'lost', 'unknown').map((outcome): Step => ({ do: 'post', outcome })),
  fc.constant<Step>({ do: 'restart' }),
  fc.constant<Step>({ do: 'look' }),
);

test('whatever happened on the way, in the end what fires there is what fires', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const ledger = ledgerOf();
      const there = new Map<string, boolean>();
      const firedAt = [T0, T0, T0];
      let nowMs = T0;
      let startedAtMs = 0;
      let told: readonly SentAlert[] = [];
      const post = (outcome: 'taken' | 'lost' | 'unknown') => {
        ledger.trying(ledger.due(nowMs));
        for (const due of ledger.due(nowMs)) {
          if (outcome !== 'lost') there.set(due.alert.record.id, due.endedAtMs === null);
          if (outcome === 'taken') ledger.accept(due, nowMs);
        }
      };
      const look = () => {
        const firing = new Set([...there].filter(([, isFiring]) => isFiring).map(([id]) => id));
        ledger.looked({ firing, startedAtMs, askedAtMs: nowMs }, nowMs);
      };
      for (const one of steps) {
        nowMs += 1_000;
        if (one.do === 'post') post(one.outcome);
        if (one.do === 'look') look();
        if (one.do === 'restart') {
          there.clear();
          startedAtMs = nowMs;
        }
        if (one.do !== 'tell') continue;
        told = one.states.flatMap((state, at) => {
          const before = told.find(({ record }) => record.subject.name === `s${at}`);
          if (state === 'absent') return [];
          const isNew = state === 'again' || (state === 'fires' && before?.resolvedAtMs !== null);
          if (isNew) firedAt[at] = nowMs;
          const firedAtMs = firedAt[at] ?? nowMs;
          return [sentAlert({ name: `s${at}`, firedAtMs, resolvedAtMs: state === 'over' ? nowMs : null })];
        });
        ledger.tell(told, nowMs);
      }
      nowMs += RESEND_MS;
      look();
      post('taken');
      const firing = [...there].filter(([, isFiring]) => isFiring).map(([id]) => id);
      expect(firing.sort()).toEqual(
        told
          .filter((one) => one.resolvedAtMs === null)
          .map(({ record }) => record.id)
          .sort(),
      );
      expect(ledger.waiting).toBe(0);
    }),
    { numRuns: 1_000 },
  );
});

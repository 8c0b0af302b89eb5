import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertRecord, AlertsBody, Outlet, RulesState, Silence } from '@/lib/alerts/alert-body';
import { exampleAlert } from '@/lib/alerts/example-alerts';
import { foldAlerts, outletChangeKey, RULES_CHANGE_KEY, silenceChangeKey } from './alert-changes';
import { foldChange } from './fold';
import type { Change, ChangeEvent } from './protocol';

const AT = '2026-01-15T03:00:00.000Z';
const rules: RulesState = { source: 'defaults', loadedAt: AT, rules: 12, error: null };
const empty: AlertsBody = { epoch: 1, seq: 0, at: AT, items: [], silences: [], outlets: [], rules };

/** Ids are whatever they are: a silence's and an outlet's may look like a key of something else. */
const ids = ['a', 'b/c', 'd%2F', '/silences/a', '/rules', '警报:dc1/web', 'Flapping:dc1/web'];
const alertOf = (id: string, summary: string): AlertRecord => ({ ...exampleAlert('flapping'), id, summary });
const silenceOf = (id: string, reason: string): Silence => ({
  ...{
    id,
    filter: 'dc:dc1',
    from: AT,
    to: AT,
    reason,
    by: 'ada',
    createdAt: AT,
    state: 'active',
    matches: 0,
    etag: '"1"',
  },
});
const outletOf = (name: string, reason: string): Outlet => ({
  ...{ name, kind: 'webhook', url: 'http://127.0.0.1', state: 'ok', reason, lastOkAt: AT, waiting: 0, deadLetters: 0 },
  silences: [],
});

const put = (key: string, value: unknown): Change => ({ key, op: 'put', value, from: null, merged: false });
const remove = (key: string): Change => ({ key, op: 'remove', value: null, from: null, merged: false });

const id = fc.constantFrom(...ids);
/** What no rule can be named like. */
const alertName = fc.constantFrom('a:1', '警报:dc1/web', 'Flapping:dc1/web');
const text = fc.constantFrom('one', 'two');
const changes = fc.oneof(
  fc.tuple(alertName, text).map(([key, summary]) => put(key, alertOf(key, summary))),
  alertName.map(remove),
  fc.tuple(id, text).map(([key, reason]) => put(silenceChangeKey(key), silenceOf(key, reason))),
  id.map((key) => remove(silenceChangeKey(key))),
  fc.tuple(id, text).map(([key, reason]) => put(outletChangeKey(key), outletOf(key, reason))),
  id.map((key) => remove(outletChangeKey(key))),
  fc.nat(3).map((count) => put(RULES_CHANGE_KEY, { ...rules, rules: count })),
);

test('each kind of record goes to its own list, sorted, whatever it is called', () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 40 }), (told) => {
      const expected = new Map(told.map((change) => [change.key, change.value]));
      const sorted = <T>(prefix: (key: string) => boolean, keyOf: (value: T) => string) =>
        [...expected]
          .filter(([key, value]) => prefix(key) && value !== null)
          .map(([, value]) => value as T)
          .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      const body = foldAlerts(empty, told);
      expect(body.items).toEqual(
        sorted<AlertRecord>(
          (key) => !key.startsWith('/'),
          (one) => one.id,
        ),
      );
      expect(body.silences).toEqual(
        sorted<Silence>(
          (key) => key.startsWith('/silences/'),
          (one) => one.id,
        ),
      );
      expect(body.outlets).toEqual(
        sorted<Outlet>(
          (key) => key.startsWith('/outlets/'),
          (one) => one.name,
        ),
      );
      expect(body.rules).toEqual(expected.get(RULES_CHANGE_KEY) ?? rules);
    }),
  );
});

test('replays and late events of alerts are harmless, and what they do not name keeps its identity', () => {
  const event = (seq: number, ...told: Change[]): ChangeEvent => ({
    ...{ topic: 'alerts', seq, at: AT, observedAt: AT, index: null, changes: told },
  });
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 20 }), fc.array(fc.nat(19), { maxLength: 30 }), (told, order) => {
      const events = told.map((change, index) => event(index + 1, change));
      const inOrder = events.reduce<AlertsBody>((body, one) => foldChange(body, 'alerts', one) as AlertsBody, empty);
      const late = order.flatMap((index) => events[index] ?? []);
      const again = [...events, ...late].reduce((body, one) => foldChange(body, 'alerts', one) as AlertsBody, empty);
      expect(again).toEqual(inOrder);
      const after = foldAlerts(inOrder, [put('a:1', alertOf('a:1', 'new'))]);
      expect([after.silences, after.outlets, after.rules]).toEqual([inOrder.silences, inOrder.outlets, inOrder.rules]);
      expect(after.silences).toBe(inOrder.silences);
      for (const item of after.items) if (item.id !== 'a:1') expect(inOrder.items).toContain(item);
    }),
  );
});

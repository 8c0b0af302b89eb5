import { expect, test } from 'vitest';
import { diffService, isTransition } from './diff';
import type { ObservedCheck, ObservedInstance } from './observation';
import { asUnconfirmed, dropInstances, keepInstances, observeService, type ServiceDetail } from './observe-service';

const T0 = '2026-01-01T00:00:00.000Z';
const T1 = '2026-01-01T00:00:10.000Z';
const T2 = '2026-01-01T00:00:20.000Z';

function check(status: ObservedCheck['status'], output = 'ok', more: Partial<ObservedCheck> = {}): ObservedCheck {
  return { id: 'http', name: 'HTTP', type: 'http', status, output, notes: '', scope: 'service', ...more };
}

function instance(id: string, checks: ObservedCheck[], more: Partial<ObservedInstance> = {}): ObservedInstance {
  const base = { id, node: 'n1', address: '127.0.0.1', port: 80, tags: ['web'], meta: { version: '1.0.0' } };
  return { ...base, weights: { passing: 1, warning: 1 }, checks, ...more };
}

function see(
  previous: ServiceDetail | undefined,
  at: string,
  instances: ObservedInstance[],
  more: { afterGap?: boolean; unreadable?: { node: string; id: string }[] } = {},
): ServiceDetail {
  const base = { dc: 'dc1', name: 'web', versionMetaKeys: ['version'], unreadable: [], afterGap: false };
  return observeService(previous, { ...base, at, instances, ...more });
}

test('what stood before Lictor looked is marked "at least since"', () => {
  const first = see(undefined, T0, [instance('a', [check('passing')])], { afterGap: true });
  expect(first.instances[0]).toMatchObject({ status: 'passing', since: T0, sinceAtLeast: true });
  const later = see(first, T1, [instance('a', [check('critical')])]);
  expect(later.instances[0]).toMatchObject({ status: 'critical', since: T1, sinceAtLeast: false });
  expect(later.service).toMatchObject({ status: 'critical', since: T1, sinceAtLeast: false, critical: 1 });
});

test('the same answer again changes nothing and keeps every identity', () => {
  const first = see(undefined, T0, [instance('a', [check('passing')]), instance('b', [])]);
  const again = see(first, T1, [instance('b', []), instance('a', [check('passing')])]);
  expect(again.instances[0]).toBe(first.instances[0]);
  expect(again.service).toBe(first.service);
  expect(diffService(first, again, false)).toEqual([]);
});

test('new output alone is a change without a transition, and since stands', () => {
  const first = see(undefined, T0, [instance('a', [check('passing', '12 ms')])]);
  const next = see(first, T1, [instance('a', [check('passing', '13 ms')])]);
  const changes = diffService(first, next, false);
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatchObject({ key: 'dc1/n1/a', op: 'put', from: 'passing' });
  expect(changes.filter(isTransition)).toEqual([]);
  expect(next.instances[0]).toMatchObject({ since: T0 });
  expect(next.instances[0]?.checks[0]).toMatchObject({ output: '13 ms', since: T0 });
});

test("a flip names from, to and the check, the instance before the service's record", () => {
  const first = see(undefined, T0, [instance('a', [check('passing')])]);
  const next = see(first, T1, [instance('a', [check('critical', 'HTTP GET: 503\nbody')])]);
  expect(diffService(first, next, true)).toMatchObject([
    { key: 'dc1/n1/a', op: 'put', from: 'passing', merged: true, value: { status: 'critical' } },
    {
      key: 'dc1/web',
      op: 'put',
      from: 'passing',
      merged: true,
      value: { worst: { check: 'HTTP', output: 'HTTP GET: 503' } },
    },
  ]);
});

test('arrival and departure are changes from null and to nothing', () => {
  const first = see(undefined, T0, [instance('a', [])]);
  const next = see(first, T1, [instance('b', [])]);
  expect(diffService(first, next, false).map(({ key, op, from }) => ({ key, op, from }))).toEqual([
    { key: 'dc1/n1/a', op: 'remove', from: 'passing' },
    { key: 'dc1/n1/b', op: 'put', from: null },
  ]);
  expect(diffService(next, undefined, false).map(({ key, op }) => `${op} ${key}`)).toEqual([
    'remove dc1/n1/b',
    'remove dc1/web',
  ]);
});

test('maintenance speaks by its notes, and passes into the counts', () => {
  const reason = check('critical', '', { id: '_service_maintenance:a', notes: 'kernel patch' });
  const { service } = see(undefined, T0, [instance('a', [check('critical', 'down'), reason]), instance('b', [])]);
  expect(service).toMatchObject({ status: 'maintenance', instances: 2, passing: 1, maintenance: 1, critical: 0 });
  expect(service.worst).toMatchObject({ instance: 'a', output: 'kernel patch' });
});

test('an instance whose record cannot be read is kept as unknown instead of shown as gone', () => {
  const first = see(undefined, T0, [instance('a', []), instance('b', [])]);
  const next = see(first, T1, [instance('a', [])], { unreadable: [{ node: 'n1', id: 'b' }] });
  expect(next.instances.map(({ id, status }) => [id, status])).toEqual([
    ['a', 'passing'],
    ['b', 'unknown'],
  ]);
  expect(next.service).toMatchObject({ status: 'unknown', instances: 2, passing: 1 });
  const back = see(next, T2, [instance('a', []), instance('b', [])]);
  expect(back.instances[1]).toMatchObject({ status: 'passing', since: T2 });
});

test('a version named like a member of every object is counted like any other', () => {
  const { service } = see(undefined, T0, [instance('a', [], { meta: { version: '__proto__' } })]);
  expect(Object.entries(service.versions)).toEqual([['__proto__', 1]]);
});

test('what an answer does not name and is held stays as last seen, unknown and unconfirmed, and is itself again when it is named', () => {
  const first = see(undefined, T0, [instance('a', [check('passing')]), instance('b', [check('passing')])]);
  const held = first.instances
    .filter(({ id }) => id === 'b')
    .map((one) => asUnconfirmed(one, { at: T1, afterGap: false }));
  const seen = { dc: 'dc1', name: 'web', versionMetaKeys: ['version'], unreadable: [], afterGap: false };
  const next = observeService(first, { ...seen, at: T1, instances: [instance('a', [check('passing')])] }, held);
  expect(next.instances[1]).toMatchObject({ key: 'dc1/n1/b', status: 'unknown', since: T1, unconfirmed: true });
  expect(next.service).toMatchObject({ status: 'unknown', instances: 2, passing: 1, unconfirmed: 1 });
  const back = see(next, T2, [instance('a', [check('passing')]), instance('b', [check('passing')])]);
  expect(back.instances[1]).toMatchObject({ status: 'passing', since: T2, unconfirmed: false });
  expect(back.service).toMatchObject({ status: 'passing', unconfirmed: 0 });
});

test('a whole service is held, and let go of instance by instance', () => {
  const whole = see(undefined, T0, [instance('a', [check('critical')]), instance('b', [check('passing')])]);
  const sighting = { at: T1, afterGap: false };
  const unknown = whole.instances.map((one) => asUnconfirmed(one, sighting));
  const held = keepInstances(undefined, { dc: 'dc1', name: 'web' }, unknown, sighting);
  expect(held.service).toMatchObject({ key: 'dc1/web', status: 'unknown', instances: 2, critical: 0, unconfirmed: 2 });
  const named = { dc: 'dc1', name: 'web' };
  const rest = dropInstances(held, named, new Set(['dc1/n1/a']), { at: T2, afterGap: false });
  expect(rest?.instances.map(({ id, since }) => [id, since])).toEqual([['b', T1]]);
  expect(rest && dropInstances(rest, named, new Set(['dc1/n1/b']), { at: T2, afterGap: false })).toBeUndefined();
});

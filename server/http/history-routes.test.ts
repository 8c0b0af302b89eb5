import { afterEach, expect, test } from 'vitest';
import type { FleetBody } from '@/lib/fleet/model';
import type { LanesBody, ReplayBody, TimelineBody } from '@/lib/history/bodies';
import { exampleArrival, exampleFlip, exampleInstance, exampleService } from '@/lib/history/example-transition';
import { tierMs } from '@/lib/history/roll-up';
import { datacenterSubject, lictorSubject } from '@/lib/history/subjects';
import type { Gap, Transition } from '@/lib/history/transition';
import type { TransitionsBody } from '@/lib/history/transition-item';
import { foldChange } from '@/lib/stream/fold';
import { MemoryRecord } from '@/server/history/testing/memory-record';
import { APP_AT, appWith } from './testing/app-with';

const NOW = Date.parse(APP_AT);
const iso = (ms: number) => new Date(ms).toISOString();

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Asks an app that has this record; the answer's status, and its body as JSON. */
async function asking(transitions: readonly Transition[], gaps: readonly Gap[] = []) {
  const reader = new MemoryRecord(transitions, gaps);
  const record = { reader, body: () => Promise.reject(new Error('not asked here')) };
  const { app, close } = await appWith({ record });
  closing.push(close);
  return async <Body>(path: string): Promise<{ status: number; body: Body; text: string }> => {
    const answer = await app.inject(`/api/v1/${path}`);
    const json = String(answer.headers['content-type']).includes('json;') || answer.body.startsWith('{');
    const isFile = String(answer.headers['content-disposition'] ?? '').startsWith('attachment');
    return { status: answer.statusCode, body: (json && !isFile ? answer.json() : null) as Body, text: answer.body };
  };
}

// An hour ago two instances of web arrive in dc1 and one of api in dc2; web-2 is critical from 30 min ago for 6 min; dc1 is not watched from 12 min ago
// for 2 min; web-1 leaves 5 min ago.
const MINUTE = tierMs.minute;
const ago = (minutes: number) => NOW - minutes * MINUTE;
const web1 = exampleInstance('n1', 'web-1');
const web2 = exampleInstance('n2', 'web-2');
const api = exampleInstance('m1', 'api-1', 'passing', 'dc2');
const hour: Transition[] = [
  exampleService(ago(60), 'web'),
  exampleArrival(ago(60), 'web', web1),
  exampleArrival(ago(60), 'web', web2),
  exampleService(ago(60), 'api', 'passing', 'dc2'),
  exampleArrival(ago(60), 'api', api, 'dc2'),
  exampleFlip(ago(30), 'web', web2, 'passing', 'critical'),
  { ...exampleService(ago(30), 'web', 'critical'), kind: 'status', from: 'passing' },
  exampleFlip(ago(24), 'web', web2, 'critical', 'passing'),
  { ...exampleService(ago(24), 'web', 'passing'), kind: 'status', from: 'critical' },
  exampleFlip(ago(5), 'web', web1, 'passing', null),
];
const gap: Gap = { dc: 'dc1', fromMs: ago(12), toMs: ago(10), reason: 'Consul did not answer.' };

test('an outage of six minutes is read off the timeline, with the time that nobody watched', async () => {
  const ask = await asking(hour, [gap]);
  const { body } = await ask<TimelineBody>('timeline?service=web&dc=dc1&step=60000');
  expect([body.from, body.to, body.stepMs, body.recordedFrom]).toEqual([iso(ago(60)), iso(NOW), MINUTE, iso(ago(60))]);
  expect(body.buckets).toHaveLength(60);
  const critical = body.buckets.filter((bucket) => bucket.critical > 0).map(({ at }) => Date.parse(at));
  expect(critical).toEqual([30, 29, 28, 27, 26, 25].map(ago));
  const unseen = body.buckets.filter(({ unknownMs }) => unknownMs > 0);
  expect(unseen.map(({ at, passing, unknownMs }) => [Date.parse(at), passing, unknownMs])).toEqual([
    [ago(12), 0, MINUTE],
    [ago(11), 0, MINUTE],
  ]);
  // web-1: 55 min of which 2 unseen; web-2: 60 of which 6 critical and 2 unseen: 53 + 52 passing, 6 critical, 4 unknown.
  expect(body.timeInMs).toEqual({
    ...{ passing: 105 * MINUTE, warning: 0, critical: 6 * MINUTE, maintenance: 0, unknown: 4 * MINUTE },
  });
  expect(body.availability).toBeCloseTo(105 / 111, 12);
  expect(body.gaps).toEqual([{ dc: 'dc1', from: iso(gap.fromMs), to: iso(ago(10)), reason: gap.reason }]);
});

test('a datacenter, a node, an instance and everything are told of the same record', async () => {
  const ask = await asking(hour, [gap]);
  const worst = async (query: string) => {
    const { body } = await ask<TimelineBody>(`timeline?${query}&from=${iso(ago(30))}&to=${iso(ago(29))}`);
    const [first] = body.buckets;
    return first && [first.passing, first.critical];
  };
  expect(await worst('dc=dc1')).toEqual([1, 1]);
  expect(await worst('dc=dc1&node=n2')).toEqual([0, 1]);
  expect(await worst('dc=dc1&node=n1')).toEqual([1, 0]);
  expect(await worst(`instance=${encodeURIComponent(web2.key)}`)).toEqual([0, 1]);
  expect(await worst('service=api')).toEqual([1, 0]);
  expect((await ask<TimelineBody>('timeline?service=api')).body.gaps).toEqual([]);
  expect(await worst('x=')).toEqual([2, 1]);
});

test('a month is told by roll-ups, and its sums are those of its changes', async () => {
  const old = exampleArrival(NOW - 31 * tierMs.day, 'old', exampleInstance('n9', 'old-1'));
  const ask = await asking([
    old,
    exampleFlip(old.observedAtMs + 1, 'old', exampleInstance('n9', 'old-1'), 'passing', null),
    ...hour,
  ]);
  const { body } = await ask<TimelineBody>(`timeline?dc=dc1&from=${iso(NOW - 30 * tierMs.day)}`);
  expect([body.stepMs, body.buckets.length]).toEqual([tierMs.hour, 720]);
  expect(body.buckets.filter((bucket) => bucket.critical > 0)).toHaveLength(1);
  // Without the gap web-1 passes for 55 min and web-2 for 54.
  expect(body.timeInMs).toMatchObject({ passing: 109 * MINUTE, critical: 6 * MINUTE });
});

test('a range that the record does not reach is cut to it, and one that makes no sense is refused', async () => {
  const ask = await asking(hour);
  const since1970 = await ask<TimelineBody>('timeline?dc=dc1&from=1970-01-01T00:00:00Z&to=2999-01-01T00:00:00Z');
  expect([since1970.body.from, since1970.body.to]).toEqual([iso(ago(60)), iso(NOW)]);
  const future = await ask<TimelineBody>('timeline?from=2999-01-01T00:00:00Z');
  expect([future.status, future.body.buckets]).toEqual([200, []]);
  for (const query of [
    ...['step=0', 'step=-5', 'step=1.5', 'step=x', 'from=yesterday', 'dc=', 'node=n1', 'instance=web-1'],
    `from=${iso(NOW)}&to=${iso(ago(1))}`,
  ]) {
    expect([query, (await ask(`timeline?${query}`)).status]).toEqual([query, 400]);
  }
});

test('nothing recorded is an empty timeline and no lane', async () => {
  const ask = await asking([]);
  expect((await ask<TimelineBody>('timeline')).body).toMatchObject({
    buckets: [],
    availability: null,
    recordedFrom: null,
  });
  expect((await ask<LanesBody>('lanes')).body).toMatchObject({ total: 0, lanes: [] });
  expect((await ask('fleet?at=2025-01-01T00:00:00Z')).status).toBe(404);
});

test('lanes show the worst first, with bars as long as the trouble was', async () => {
  const ask = await asking(hour, [gap]);
  const { body } = await ask<LanesBody>('lanes');
  expect([body.total, body.quiet]).toEqual([2, 1]);
  expect(body.lanes.map(({ key, status }) => [key, status])).toEqual([
    ['dc1/web', 'passing'],
    ['dc2/api', 'passing'],
  ]);
  expect(body.lanes[0]?.bars).toEqual([
    { from: iso(ago(30)), to: iso(ago(24)), status: 'critical' },
    { from: iso(ago(12)), to: iso(ago(10)), status: 'unknown' },
  ]);
  const instances = await ask<LanesBody>('lanes?dc=dc1&service=web');
  expect(instances.body.lanes.map(({ name, kind }) => [name, kind])).toEqual([
    ['web-2', 'instance'],
    ['web-1', 'instance'],
  ]);
  expect((await ask<LanesBody>('lanes?filter=name:api')).body.lanes.map(({ name }) => name)).toEqual(['api']);
  expect((await ask('lanes?filter=name:(')).status).toBe(400);
});

test('transitions are listed by pages, from either end, and filtered', async () => {
  const ask = await asking(hour);
  const all: number[] = [];
  let next: string | null = '';
  while (next !== null) {
    const { body }: { body: TransitionsBody } = await ask(`transitions?limit=3${next && `&cursor=${next}`}`);
    all.push(...body.items.map(({ id }) => id));
    next = body.next;
  }
  expect(all).toEqual(hour.map((_, at) => hour.length - at));
  const first = await ask<TransitionsBody>('transitions?order=oldest-first&limit=1');
  expect(first.body.items.map(({ id }) => id)).toEqual([1]);
  const critical = await ask<TransitionsBody>('transitions?filter=status:critical subject:instance');
  expect(critical.body.items.map(({ subject, to }) => [subject, to])).toEqual([[web2.key, 'critical']]);
  for (const cursor of ['x', 'bzE', `${first.body.next}x`])
    expect([cursor, (await ask(`transitions?cursor=${cursor}`)).status]).toEqual([cursor, 400]);
});

test('a range is exported whole, as lines of JSON and as a table', async () => {
  const ask = await asking(hour);
  const { text } = await ask('transitions?format=jsonl&service=web&order=oldest-first');
  const items = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(items.map(({ id }) => id)).toEqual([1, 2, 3, 6, 7, 8, 9, 10]);
  const table = (await ask('transitions?format=csv')).text.split('\r\n');
  expect([table.length, table[0]?.slice(0, 14)]).toEqual([hour.length + 2, 'id,observedAt,']);
});

test('the fleet is as it was, and in a gap it says that nobody watched', async () => {
  const ask = await asking(hour, [gap]);
  const fleetAt = async (minutes: number) => (await ask<FleetBody>(`fleet?at=${iso(ago(minutes))}`)).body.datacenters;
  const [dc1] = await fleetAt(27);
  expect(dc1?.services).toMatchObject([
    { key: 'dc1/web', status: 'critical', instances: 2, passing: 1, critical: 1, since: iso(ago(30)) },
  ]);
  expect(dc1?.freshness).toMatchObject({ state: 'live', reason: null });
  const [unwatched] = await fleetAt(11);
  expect(unwatched?.freshness).toMatchObject({ state: 'lost', since: iso(ago(12)), lastContactMs: MINUTE });
  expect(unwatched?.freshness.reason).toContain('Consul did not answer.');
  const now = await ask<{ instances: unknown[] }>(`services/dc1/web?at=${iso(NOW)}`);
  expect(now.body.instances).toMatchObject([{ key: web2.key, status: 'passing', since: iso(ago(24)) }]);
  expect((await ask(`services/dc1/gone?at=${iso(NOW)}`)).status).toBe(404);
  expect((await ask(`fleet?at=${iso(NOW + 1)}`)).status).toBe(400);
});

test('a replay folds from one moment to what the fleet was at another', async () => {
  const mark = { ...hour[0], subject: datacenterSubject('dc1'), kind: 'leader', from: null, to: '10.0.0.9:8300' };
  const leader = { ...mark, observedAtMs: ago(20) } as Transition;
  const ask = await asking([...hour.slice(0, 9), leader, ...hour.slice(9)], [gap]);
  const { body } = await ask<ReplayBody>(`replay?from=${iso(ago(31))}`);
  expect([body.from, body.to]).toEqual([iso(ago(31)), iso(NOW)]);
  const statusOf = (fleet: FleetBody) => fleet.datacenters[0]?.services[0]?.status;
  let fleet = body.snapshot;
  const seen: unknown[] = [statusOf(fleet)];
  for (const event of body.changes) {
    fleet = foldChange(fleet, 'fleet', event) as FleetBody;
    seen.push([
      Math.round((NOW - Date.parse(event.observedAt)) / MINUTE),
      statusOf(fleet),
      fleet.datacenters[0]?.freshness.state,
    ]);
  }
  expect(seen).toEqual([
    'passing',
    [30, 'critical', 'live'],
    [24, 'passing', 'live'],
    [20, 'passing', 'live'],
    [12, 'passing', 'lost'],
    [10, 'passing', 'live'],
    [5, 'passing', 'live'],
  ]);
  const [dc1] = fleet.datacenters;
  const [now] = (await ask<FleetBody>(`fleet?at=${iso(NOW)}`)).body.datacenters;
  expect([dc1?.leader, dc1?.services]).toEqual([
    now?.leader,
    now?.services.map((service) => ({ ...service, since: expect.any(String), sinceAtLeast: expect.any(Boolean) })),
  ]);
});

test('a clock that is set back confuses no state: of a moment that came twice the second time is told', async () => {
  const clock: Transition = {
    ...(hour[0] as Transition),
    subject: lictorSubject('one'),
    kind: 'clock-set',
    from: null,
    to: '-1200000',
  };
  const twice = [
    exampleService(ago(60), 'web'),
    exampleArrival(ago(60), 'web', web1),
    exampleFlip(ago(25), 'web', web1, 'passing', 'critical'),
    // The clock, which said 20 min ago, is set back by 20 min; what follows comes after all that.
    { ...clock, observedAtMs: ago(40) },
    exampleFlip(ago(38), 'web', web1, 'critical', 'passing'),
    exampleArrival(ago(36), 'web', web2),
    exampleFlip(ago(10), 'web', web1, 'passing', 'critical'),
  ];
  const ask = await asking(twice);
  for (const scope of ['service=web', 'dc=dc1', 'node=n1&dc=dc1']) {
    const { body } = await ask<TimelineBody>(`timeline?${scope}&from=${iso(ago(30))}&step=60000`);
    const counts = body.buckets.map(({ passing, critical }) => [passing, critical]);
    expect(counts.flat().every((count) => count >= 0)).toBe(true);
    expect(counts.at(-1)).toEqual(scope.startsWith('node') ? [0, 1] : [1, 1]);
    expect(body.timeInMs.critical).toBe(10 * MINUTE);
  }
});

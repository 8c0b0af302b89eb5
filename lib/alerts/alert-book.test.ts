import { beforeEach, describe, expect, it } from 'vitest';
import { AlertBook } from './alert-book';
import { savedAlertSchema } from './alert-episode';
import { type Condition, scopeOf } from './condition';
import {
  EXAMPLE_MS,
  exampleCondition,
  exampleConditions,
  exampleEvidence,
  exampleRecords,
  exampleSubjects,
} from './example-alerts';

const { service, node, datacenter } = exampleSubjects;
const critical = exampleCondition('Critical', service('web'), exampleEvidence.critical, { forMs: 120_000 });
const flapping = exampleCondition('Flapping', service('web'), exampleEvidence.flapping, { keepFiringForMs: 300_000 });

let book = new AlertBook();
let nowMs = EXAMPLE_MS;
beforeEach(() => {
  book = new AlertBook();
  nowMs = EXAMPLE_MS;
});

const put = (condition: Condition, ...more: Condition[]) =>
  book.put(scopeOf(condition.subject), condition.subject.dc, [condition, ...more], nowMs);
const cease = ({ subject }: Condition) => book.put(scopeOf(subject), subject.dc, [], nowMs);
const pass = (ms: number) => {
  nowMs += ms;
};
/** The states of all alerts, by id. */
function states(): Record<string, string> {
  book.take(nowMs);
  return Object.fromEntries(book.records().map(({ id, state }) => [id, state]));
}

describe('an alert', () => {
  it('fires after it has held as long as its rule asks, and is over when it ceases', () => {
    put(critical);
    expect(book.take(nowMs).edges).toEqual([{ id: critical.id, atMs: nowMs, from: null, to: 'pending' }]);
    expect(book.nextDeadlineMs()).toBe(EXAMPLE_MS + 120_000);
    pass(121_000);
    expect(book.take(nowMs).edges).toEqual([
      { id: critical.id, atMs: EXAMPLE_MS + 120_000, from: 'pending', to: 'firing' },
    ]);
    pass(9_000);
    cease(critical);
    expect(book.take(nowMs).changed[0]?.record).toMatchObject({
      state: 'resolved',
      firedAt: '2026-01-15T03:02:00.000Z',
      resolvedAt: '2026-01-15T03:02:10.000Z',
    });
  });

  it('that ceases before it fires leaves nothing behind, nor hides the one before it', () => {
    put({ ...critical, forMs: 0 });
    cease(critical);
    book.take(nowMs);
    pass(60_000);
    put(critical);
    expect(states()).toEqual({ [critical.id]: 'pending' });
    pass(60_000);
    cease(critical);
    expect(book.take(nowMs)).toMatchObject({
      changed: [{ record: { state: 'resolved', resolvedAt: '2026-01-15T03:00:00.000Z' } }],
      edges: [{ from: 'pending', to: 'resolved' }],
    });
  });

  it('tells every step, though nobody looked in between', () => {
    put(critical);
    pass(200_000);
    cease(critical);
    pass(1_000);
    expect(book.take(nowMs).edges.map(({ atMs, from, to }) => [atMs - EXAMPLE_MS, from, to])).toEqual([
      [0, null, 'pending'],
      [120_000, 'pending', 'firing'],
      [200_000, 'firing', 'resolved'],
    ]);
  });

  it('that comes and goes is one while its rule keeps it firing', () => {
    put(flapping);
    pass(60_000);
    cease(flapping);
    expect(book.nextDeadlineMs()).toBe(nowMs + 300_000);
    pass(299_000);
    put(flapping);
    pass(600_000);
    expect(states()).toEqual({ [flapping.id]: 'firing' });
    cease(flapping);
    pass(300_000);
    expect(states()).toEqual({ [flapping.id]: 'resolved' });
  });

  it('whose cause is another one now has not held longer than that', () => {
    put(critical);
    pass(100_000);
    // The first instance recovered, the next has been critical for ten seconds.
    put({ ...critical, sinceMs: nowMs - 10_000 });
    expect(book.nextDeadlineMs()).toBe(nowMs + 110_000);
    pass(110_000);
    expect(book.take(nowMs).changed[0]?.record).toMatchObject({ state: 'firing', since: '2026-01-15T03:01:30.000Z' });
  });

  it('follows a rule that was changed', () => {
    put(critical);
    pass(60_000);
    put({ ...critical, forMs: 300_000 });
    expect(book.nextDeadlineMs()).toBe(nowMs + 240_000);
    put({ ...critical, forMs: 30_000, severity: 'info' });
    expect(book.take(nowMs).changed[0]?.record).toMatchObject({ state: 'firing', severity: 'info' });
    // When it was to fire before means nothing any more.
    pass(600_000);
    expect(book.take(nowMs).changed).toEqual([]);
  });

  it('that came and went unseen before it fired is nothing to tell of', () => {
    put(critical);
    cease(critical);
    expect(book.take(nowMs)).toEqual({ changed: [], edges: [] });
  });

  it('keeps its ETag while only its evidence grows, and its record while it says the same', () => {
    put(flapping);
    book.take(nowMs);
    const before = book.record(flapping.id);
    put({ ...flapping, evidence: structuredClone(flapping.evidence) });
    expect(book.take(nowMs).changed).toEqual([]);
    expect(book.record(flapping.id)).toBe(before);
    put({ ...flapping, evidence: { ...exampleEvidence.flapping, changes: 62 } });
    book.take(nowMs);
    expect(book.record(flapping.id)?.etag).toBe(before?.etag);
    expect(book.record(flapping.id)?.summary).toContain('62 changes');
    expect(book.acknowledge(flapping.id, { by: 'ada', at: '2026-01-15T03:01:00.000Z', note: '' })).toBe(true);
    book.take(nowMs);
    expect(book.record(flapping.id)?.etag).not.toBe(before?.etag);
  });

  it('is forgotten a day after its end, and when 500 ended after it', () => {
    const one = (index: number) => exampleCondition('Critical', service(`s${index}`), exampleEvidence.critical);
    for (let index = 0; index < 502; index += 1) {
      put(one(index));
      pass(1_000);
      cease(one(index));
    }
    expect(Object.keys(states())).toHaveLength(500);
    expect(book.record(one(1).id)).toBeUndefined();
    expect(book.record(one(2).id)?.state).toBe('resolved');
    put(one(2));
    pass(1_000);
    cease(one(2));
    put(one(502));
    cease(one(502));
    expect(Object.keys(states())).toHaveLength(500);
    expect(book.record(one(3).id)).toBeUndefined();
    expect(book.record(one(2).id)?.state).toBe('resolved');
    nowMs = EXAMPLE_MS + 5_000 + 86_400_000;
    expect(book.nextDeadlineMs()).toBe(nowMs);
    expect(book.take(nowMs)).toEqual({ changed: [{ id: one(4).id, record: null }], edges: [] });
  });
});

describe('one cause', () => {
  it('is one alert: a service whose critical instances are all on a lost node is inside of that node’s', () => {
    const states = Object.fromEntries(exampleRecords().map(({ id, state }) => [id, state]));
    expect(states['NodeCritical:dc1/n7']).toBe('firing');
    expect(states['InstanceCritical:dc1/api']).toBe('suppressed');
    expect(states['InstanceCritical:dc1/web']).toBe('firing');
  });

  it('has a thousand alerts inside when a datacenter is lost, and gives them back', () => {
    const all = Array.from({ length: 1_000 }, (_, index) =>
      exampleCondition('Critical', service(`s${index}`), exampleEvidence.critical),
    );
    for (const one of all) put(one);
    book.take(nowMs);
    put(exampleCondition('Lost', datacenter(), exampleEvidence['datacenter-lost']));
    expect(book.take(nowMs).changed).toHaveLength(1_001);
    expect(book.record('Lost:dc1')?.suppresses).toHaveLength(1_000);
    expect(book.record(all[0]?.id ?? '')).toMatchObject({ state: 'suppressed', suppressedBy: 'Lost:dc1' });
    cease(exampleCondition('Lost', datacenter(), exampleEvidence['datacenter-lost']));
    expect(new Set(Object.values(states()))).toEqual(new Set(['resolved', 'firing']));
  });

  it('calls nobody for what ceased in its shadow, though it would fire on for a while, nor for its end', () => {
    const lost = exampleCondition('Node', node('n1'), exampleEvidence['node-critical']);
    const inside = { ...flapping, explainedBy: [lost.subject.key] };
    put(lost);
    put(inside);
    expect(states()[inside.id]).toBe('suppressed');
    pass(60_000);
    cease(lost);
    cease(inside);
    expect(book.take(nowMs).edges.map(({ id, from, to }) => [id, from, to])).toEqual([
      [inside.id, 'suppressed', 'resolved'],
      [lost.id, 'firing', 'resolved'],
    ]);
    expect(book.entry(inside.id)?.calledAtMs).toBeNull();
    expect(book.entry(lost.id)?.calledAtMs).toBe(EXAMPLE_MS);
  });

  it('that is only pending takes nothing back: it may come to nothing', () => {
    const lost = exampleCondition('Node', node('n1'), exampleEvidence['node-critical'], { forMs: 30_000 });
    const inside = { ...flapping, explainedBy: [lost.subject.key] };
    put(inside);
    book.take(nowMs);
    put(lost);
    expect(states()).toEqual({ [inside.id]: 'firing', [lost.id]: 'pending' });
    pass(30_000);
    expect(states()).toEqual({ [inside.id]: 'suppressed', [lost.id]: 'firing' });
  });

  it('that is over leaves what still holds to itself', () => {
    const lost = exampleCondition('Node', node('n1'), exampleEvidence['node-critical'], { forMs: 30_000 });
    const inside = { ...flapping, explainedBy: [lost.subject.key] };
    put(lost);
    put(inside);
    // It counts though it is only pending.
    expect(states()[inside.id]).toBe('suppressed');
    pass(20_000);
    cease(lost);
    expect(states()[inside.id]).toBe('firing');
    expect(book.entry(inside.id)?.calledAtMs).toBe(nowMs);
  });
});

describe('an acknowledgement', () => {
  const acknowledgement = { by: 'ada', at: '2026-01-15T03:01:00.000Z', note: 'looking' };

  it('is of what fires, and ends with it', () => {
    put(critical);
    book.take(nowMs);
    expect(book.acknowledge(critical.id, acknowledgement)).toBe(false);
    pass(120_000);
    book.take(nowMs);
    expect(book.acknowledge(critical.id, acknowledgement)).toBe(true);
    expect(states()).toEqual({ [critical.id]: 'acknowledged' });
    cease(critical);
    book.take(nowMs);
    expect(book.record(critical.id)).toMatchObject({ state: 'resolved', acknowledged: null });
    pass(60_000);
    put({ ...critical, sinceMs: nowMs, forMs: 0 });
    expect(states()).toEqual({ [critical.id]: 'firing' });
    expect(book.acknowledge('unknown', acknowledgement)).toBe(false);
  });

  it('that is kept counts for its episode in every Lictor, and for no later one', () => {
    const kept = { id: flapping.id, since: '2026-01-15T02:59:59.200Z', ...acknowledgement };
    put(flapping);
    pass(70_000);
    book.setAcknowledgements([kept]);
    expect(states()).toEqual({ [flapping.id]: 'acknowledged' });
    cease(flapping);
    pass(300_000);
    expect(states()).toEqual({ [flapping.id]: 'resolved' });
    // It flaps again, and tells of an instance that has done so all the time.
    put(flapping);
    book.setAcknowledgements([kept]);
    expect(states()).toEqual({ [flapping.id]: 'firing' });
  });

  it('is taken back', () => {
    put(flapping);
    book.setAcknowledgements([{ id: flapping.id, since: '2026-01-15T03:00:00.000Z', ...acknowledgement }]);
    expect(states()).toEqual({ [flapping.id]: 'acknowledged' });
    book.setAcknowledgements([]);
    expect(states()).toEqual({ [flapping.id]: 'firing' });
  });
});

describe('a datacenter that is not live', () => {
  it('lets nothing begin, ripen or end, but that it is lost', () => {
    put(critical);
    put({ ...flapping, subject: service('api'), id: 'Flapping:dc1/api' });
    pass(60_000);
    book.pause('dc1', nowMs);
    const lost = exampleCondition('Lost', datacenter(), exampleEvidence['datacenter-lost'], { forMs: 30_000 });
    put(lost, exampleCondition('Share', datacenter(), exampleEvidence['critical-share']));
    book.put('service dc1/api', 'dc1', [], nowMs);
    pass(3_600_000);
    expect(states()).toEqual({ [critical.id]: 'pending', 'Flapping:dc1/api': 'suppressed', 'Lost:dc1': 'firing' });
    cease(lost);
    book.resume('dc1', nowMs);
    expect(states()).toEqual({ [critical.id]: 'pending', 'Flapping:dc1/api': 'resolved', 'Lost:dc1': 'resolved' });
    pass(60_000);
    expect(states()[critical.id]).toBe('firing');
  });
});

describe('a restart', () => {
  const restart = () => {
    const saved = book.saved(nowMs).map((one) => savedAlertSchema.parse(JSON.parse(JSON.stringify(one))));
    book = new AlertBook();
    book.restore(saved, nowMs);
  };

  it('leaves alerts as they were until somebody tells of them, and takes no time for watched', () => {
    put(critical, flapping);
    pass(100_000);
    book.take(nowMs);
    restart();
    pass(3_600_000);
    expect(states()).toEqual({ [critical.id]: 'pending', [flapping.id]: 'firing' });
    // Nobody knows since when now; it is the same as before.
    put({ ...critical, sinceMs: nowMs, sinceAtLeast: true }, flapping);
    pass(19_000);
    expect(states()[critical.id]).toBe('pending');
    pass(1_000);
    expect(book.take(nowMs)).toMatchObject({
      changed: [{ record: { state: 'firing', since: '2026-01-15T03:00:00.000Z' } }],
      edges: [{ from: 'pending', to: 'firing' }],
    });
  });

  it('lets nothing run for a datacenter that is live again before it tells of it', () => {
    put(critical);
    restart();
    book.pause('dc1', nowMs);
    book.resume('dc1', nowMs);
    pass(3_600_000);
    expect(states()).toEqual({ [critical.id]: 'pending' });
  });

  it('ends what nobody tells of once everything of its datacenter was told', () => {
    put(critical);
    put({ ...flapping, subject: service('api', 'dc2'), id: 'Flapping:dc2/api' });
    restart();
    book.settle('dc1', nowMs);
    expect(states()).toEqual({ 'Flapping:dc2/api': 'firing' });
    book.pause('dc2', nowMs);
    book.settle('dc2', nowMs);
    pass(600_000);
    expect(states()).toEqual({ 'Flapping:dc2/api': 'firing' });
    book.resume('dc2', nowMs);
    pass(300_000);
    expect(states()).toEqual({ 'Flapping:dc2/api': 'resolved' });
  });
});

describe('a clock that is set', () => {
  it('forward makes nothing ripe', () => {
    put(critical);
    pass(3_600_000);
    book.clockSet(3_600_000, nowMs);
    expect(states()).toEqual({ [critical.id]: 'pending' });
    expect(book.nextDeadlineMs()).toBe(nowMs + 120_000);
  });

  it('back leaves no silence that speaks of ages unasked', () => {
    put(flapping);
    let asked = 0;
    const matches = () => {
      asked += 1;
      return false;
    };
    book.setSilences([{ id: 's', matches, timed: true }]);
    book.take(nowMs);
    pass(-3_600_000);
    book.take(nowMs);
    expect(asked).toBe(2);
    book.take(nowMs);
    expect(asked).toBe(2);
    expect(book.nextDeadlineMs()).toBe(nowMs + 10_000);
  });

  it('back keeps nothing waiting', () => {
    put(critical);
    book.take(nowMs);
    pass(-3_600_000);
    expect(states()).toEqual({ [critical.id]: 'pending' });
    expect(book.nextDeadlineMs()).toBe(nowMs + 120_000);
  });
});

it('tells the freshness of its datacenter, and silences elsewhere', () => {
  put(exampleConditions.flapping);
  book.setFreshness('dc2', 'stale');
  const there = [{ outlet: 'am', by: 'bo', comment: 'known', to: '2026-01-15T04:00:00.000Z' }];
  book.setSilencedElsewhere(new Map([[exampleConditions.flapping.id, there]]));
  book.take(nowMs);
  expect(book.records()[0]).toMatchObject({ freshness: 'stale', state: 'firing', silencedElsewhere: there });
  book.setSilencedElsewhere(new Map());
  expect(book.take(nowMs).changed[0]?.record?.silencedElsewhere).toEqual([]);
});

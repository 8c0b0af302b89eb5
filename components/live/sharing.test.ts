import { beforeEach, describe, expect, it } from 'vitest';
import type { FleetBody } from '@/lib/fleet/model';
import type { Topic } from '@/lib/stream/protocol';
import { AT, EPOCH, fleetBody, nodesBody, service } from './fixtures/bodies';
import { type BrowserTab, ScriptedBrowser } from './fixtures/scripted-browser';
import { put, removal, sendChange, sendHeartbeat, sendSnapshot } from './fixtures/scripted-core';
import type { ScriptedSource } from './fixtures/scripted-source';

const web = service('dc1/web');
const broken = service('dc1/web', 'critical');

let browser: ScriptedBrowser;
const source = (): ScriptedSource => browser.workerSources.at(-1) ?? expect.fail('No worker opened a stream.');
const statusIn = ({ tab }: BrowserTab) =>
  (tab.core.body('fleet') as FleetBody | undefined)?.datacenters[0]?.services[0]?.status;
const streamsOpened = () => browser.workerSources.length + browser.tabs.flatMap(({ tab }) => tab.sources).length;

/** Opens a tab on these topics whose page brought the fleet as of `seq`, or nothing. */
function open({ seq = null, topics = ['fleet'] }: { seq?: number | null; topics?: Topic[] } = {}): BrowserTab {
  const opened = browser.openTab();
  if (seq !== null) opened.tab.core.offer('fleet', fleetBody({ seq }, [web]));
  for (const topic of topics) opened.tab.core.want(topic);
  opened.tab.core.start();
  browser.settle();
  return opened;
}

/** The server accepts the newest stream, and goes on saying that it is there while time passes. */
function accept(): void {
  source().open();
  sendHeartbeat(source(), 10, Date.parse(AT));
  browser.settle();
}

function pass(ms: number, seq = 10): void {
  for (let passedMs = 0; passedMs < ms; passedMs += 500) {
    for (const open of browser.openSources) sendHeartbeat(open, seq, Date.parse(AT));
    browser.advance(Math.min(500, ms - passedMs));
  }
}

beforeEach(() => {
  browser = new ScriptedBrowser();
});

describe('tabs of one browser', () => {
  it('share one stream, which goes on from what the first page brought', () => {
    const tabs = [open({ seq: 10 }), open({ seq: 10 }), open({ seq: 10 })];
    accept();
    pass(3_000);
    expect(streamsOpened()).toBe(1);
    expect(source().url).toBe(`/lictor/api/v1/stream?topic=fleet%40${EPOCH}%3A10`);
    sendChange(source(), 'fleet', 11, [put(broken, 'passing')]);
    browser.settle();
    expect(tabs.map(statusIn)).toEqual(['critical', 'critical', 'critical']);
    expect(tabs.map(({ tab }) => tab.core.connectionState().phase)).toEqual(['live', 'live', 'live']);
  });

  it('get what is followed already from the worker: a page that brings nothing, or something older, asks the server nothing', () => {
    open({ seq: 10 });
    accept();
    sendChange(source(), 'fleet', 11, [put(broken, 'passing')]);
    browser.settle();
    const late = [open(), open({ seq: 10 })];
    expect(late.map(statusIn)).toEqual(['critical', 'critical']);
    expect(streamsOpened()).toBe(1);
  });

  it('are not led back by a page that is newer than the stream', () => {
    open({ seq: 10 });
    accept();
    const ahead = open({ seq: 12 });
    sendChange(source(), 'fleet', 11, [put(broken, 'passing')]);
    browser.settle();
    expect(statusIn(ahead)).toBe('passing');
    sendChange(source(), 'fleet', 13, [put(broken, 'passing')]);
    browser.settle();
    expect(statusIn(ahead)).toBe('critical');
  });

  it('are not disturbed by a page that another process rendered, which goes along with them', () => {
    const first = open({ seq: 10 });
    accept();
    const second = browser.openTab();
    second.tab.core.offer('fleet', fleetBody({ epoch: EPOCH + 9, seq: 1 }, [broken]));
    second.tab.core.want('fleet');
    second.tab.core.start();
    sendChange(source(), 'fleet', 11, [put(service('dc1/web', 'warning'), 'passing')]);
    browser.advance(2_000);
    expect([first, second].map(statusIn)).toEqual(['warning', 'warning']);
    expect(streamsOpened()).toBe(1);
  });

  it('get only the topics that they want', () => {
    const [plain, other] = [open({ seq: 10 }), open({ seq: 10, topics: ['fleet', 'nodes'] })];
    browser.advance(50);
    accept();
    sendSnapshot(source(), 'nodes', nodesBody({ seq: 10 }));
    browser.settle();
    expect(source().topics).toEqual([`fleet@${EPOCH}:10`, 'nodes']);
    expect(other?.tab.core.body('nodes')).toBeDefined();
    expect(plain?.tab.core.body('nodes')).toBeUndefined();
  });

  it('learn of a service that is gone from the worker, also those that open it later', () => {
    const topic = 'service:dc1/web';
    open({ topics: ['fleet', topic] });
    accept();
    sendChange(source(), topic, 11, [removal('dc1/web')]);
    browser.settle();
    const late = open({ topics: ['fleet', topic] });
    expect(late.tab.core.goneSince(topic)).toBe(AT);
    expect(streamsOpened()).toBe(1);
  });

  it('end the stream with the last of them, and begin again with the next', () => {
    const [first, second] = [open({ seq: 10 }), open({ seq: 10 })];
    accept();
    first?.tab.core.stop();
    browser.settle();
    expect(browser.openSources).toHaveLength(1);
    second?.tab.core.stop();
    browser.settle();
    expect(browser.openSources).toEqual([]);
    expect(browser.worker.actor.clock.pendingTimers).toBe(0);
    open();
    expect(source().topics).toEqual([`fleet@${EPOCH}:10`]);
    expect(browser.workers).toHaveLength(1);
  });
});

describe('a tab that takes nothing any more', () => {
  it('is kept for a while without anything piling up, then forgotten with its topics', () => {
    open({ seq: 10 });
    const stuck = open({ seq: 10, topics: ['fleet', 'nodes'] });
    browser.advance(50);
    accept();
    stuck.actor.state = 'frozen';
    for (let seq = 11; seq < 500; seq += 1) sendChange(source(), 'fleet', seq, [put(broken)]);
    pass(9_000, 500);
    expect(stuck.actor.waiting).toBeLessThanOrEqual(2);
    expect(source().topics).toContain('nodes');
    pass(15_000, 500);
    expect(source().topics).not.toContain('nodes');
  });

  it.each([
    ['for a moment', 3_000],
    ['for so long that it was forgotten', 3_600_000],
  ])('%s, has the newest as soon as it goes on, by the same worker', (_, frozenMs) => {
    open({ seq: 10 });
    const stuck = open({ seq: 10 });
    accept();
    stuck.actor.state = 'frozen';
    for (let seq = 11; seq < 500; seq += 1) sendChange(source(), 'fleet', seq, [put(seq % 2 ? web : broken)]);
    sendChange(source(), 'fleet', 500, [put(broken)]);
    // What is in between is no other than the last 20 s of it.
    stuck.actor.clock.hold(Math.max(0, frozenMs - 20_000));
    pass(Math.min(frozenMs, 20_000), 500);
    expect(statusIn(stuck)).toBe('passing');
    stuck.actor.state = 'running';
    pass(1_000, 500);
    expect(statusIn(stuck)).toBe('critical');
    expect(stuck.tab.core.connectionState().phase).toBe('live');
    expect(browser.workers).toHaveLength(1);
    expect(streamsOpened()).toBe(1);
  });
});

describe('a worker that dies without a word', () => {
  it.each(['crash', 'hang'] as const)('by a %s: all tabs meet at a new one within 3 s, and resume', (how) => {
    const tabs = [open({ seq: 10 }), open({ seq: 10 }), open({ seq: 10 })];
    accept();
    pass(5_000);
    const dead = browser.worker;
    if (how === 'crash') browser.crash(dead);
    else dead.actor.state = 'frozen';
    browser.advance(2_600);
    expect(browser.workers).toHaveLength(2);
    expect(source().topics).toEqual([`fleet@${EPOCH}:10`]);
    source().open();
    sendChange(source(), 'fleet', 11, [put(broken, 'passing')]);
    browser.settle();
    expect(tabs.map(statusIn)).toEqual(['critical', 'critical', 'critical']);
    expect(tabs.flatMap(({ tab }) => tab.phases)).not.toContain('stale');
    expect(streamsOpened()).toBe(2);
  });

  it('and comes back: lets its stream go, for its tabs are elsewhere', () => {
    open({ seq: 10 });
    accept();
    const dead = browser.worker;
    dead.actor.state = 'frozen';
    browser.advance(2_600);
    accept();
    dead.actor.state = 'running';
    browser.settle();
    expect(browser.openSources).toEqual([source()]);
    expect(dead.actor.clock.pendingTimers).toBe(0);
  });

  it('is not joined by a tab that opens afterwards', () => {
    open({ seq: 10 });
    accept();
    browser.worker.actor.state = 'frozen';
    browser.advance(2_600);
    accept();
    open();
    expect(browser.workers).toHaveLength(2);
    expect(streamsOpened()).toBe(2);
  });

  it('while it waited for the whole itself: no tab takes a heartbeat for a sign that it lacks nothing', () => {
    const first = open({ seq: 10 });
    accept();
    sendChange(source(), 'fleet', 11, [put({ key: '%E0%A4%A/web' })]);
    browser.settle();
    open({ seq: 10 });
    sendHeartbeat(source(), 50, Date.parse(AT));
    browser.settle();
    first.tab.core.stop();
    browser.settle();
    browser.crash(browser.worker);
    browser.advance(2_600);
    expect(browser.workers).toHaveLength(2);
    expect(source().topics).toEqual(['fleet']);
  });

  it('before a tab came that is now alone: the tab tries another one', () => {
    const first = open({ seq: 10 });
    accept();
    browser.worker.actor.state = 'frozen';
    open({ seq: 10 });
    first.tab.core.stop();
    browser.advance(4_100);
    expect(browser.workers).toHaveLength(2);
    expect(source().topics).toEqual([`fleet@${EPOCH}:10`]);
  });

  it('for one tab only: the others follow it to the new one', () => {
    const [deaf, other] = [open({ seq: 10 }), open({ seq: 10 })];
    accept();
    // A tab that is kept busy for 3 s twice running believes that the worker is dead.
    for (let n = 0; n < 2; n += 1) {
      if (deaf) deaf.actor.state = 'frozen';
      browser.advance(2_900);
      deaf?.tab.clock.advance(0);
    }
    if (deaf) deaf.actor.state = 'running';
    browser.advance(600);
    expect(browser.workers).toHaveLength(2);
    expect(browser.openSources).toEqual([source()]);
    expect([deaf, other].map((tab) => tab && statusIn(tab))).toEqual(['passing', 'passing']);
  });
});

describe('a tab that gets no worker', () => {
  it.each([
    ['the browser refuses', 'refusal', 0],
    ['its script cannot be loaded', 'failure', 0],
    ['it never says a word, and the next one neither', 'nothing', 8_100],
  ] as const)('because %s: opens a stream of its own', (_, grants, afterMs) => {
    browser.grants = grants;
    const { tab } = open({ seq: 10 });
    browser.advance(afterMs);
    expect(tab.openSources.map((own) => own.topics)).toEqual([[`fleet@${EPOCH}:10`]]);
    tab.source.open();
    sendChange(tab.source, 'fleet', 11, [put(broken, 'passing')]);
    tab.core.want('nodes');
    tab.clock.advance(10);
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:11`, 'nodes']);
    tab.core.stop();
    expect(tab.openSources).toEqual([]);
    expect(tab.clock.pendingTimers).toBe(0);
    tab.core.start();
    expect(tab.openSources).toHaveLength(1);
  });
});

describe('a stream that fails', () => {
  it('leaves each tab to tell by itself how old its picture is', () => {
    const { tab } = open({ seq: 10 });
    accept();
    browser.advance(6_000);
    expect(tab.phases).toEqual(['reconnecting', 'live', 'reconnecting', 'stale']);
  });

  it('is tried at once when a tab is looked at again', () => {
    const { tab } = open({ seq: 10 });
    accept();
    for (let n = 0; n < 6; n += 1) {
      source().error();
      browser.advance(4_000);
    }
    source().error();
    browser.settle();
    const before = browser.workerSources.length;
    tab.core.wake();
    browser.settle();
    expect(browser.workerSources).toHaveLength(before + 1);
  });

  it('with an event that cannot be read is told to each tab, which has the whole again soon', () => {
    const tabs = [open({ seq: 10 }), open({ seq: 10 })];
    accept();
    source().send('change', '<html>');
    browser.advance(300);
    expect(source().topics).toEqual(['fleet']);
    source().open();
    sendSnapshot(source(), 'fleet', fleetBody({ seq: 12 }, [broken]));
    browser.settle();
    expect(tabs.map(statusIn)).toEqual(['critical', 'critical']);
    expect(tabs.map(({ tab }) => tab.reports.length)).toEqual([1, 1]);
  });

  it('and comes from another process takes the tabs along, also one that a GET had led elsewhere', () => {
    const [first, second] = [open({ seq: 10 }), open({ seq: 10 })];
    accept();
    browser.advance(6_000);
    second?.tab.core.offer('fleet', fleetBody({ epoch: EPOCH + 9, seq: 1 }, [broken]));
    browser.advance(300);
    accept();
    expect([first, second].map((tab) => tab && statusIn(tab))).toEqual(['passing', 'passing']);
  });
});

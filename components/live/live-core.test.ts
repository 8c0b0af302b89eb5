import { beforeEach, describe, expect, it } from 'vitest';
import type { FleetBody } from '@/lib/fleet/model';
import { AT, EPOCH, fleetBody, instance, reachable, service, serviceBody } from './fixtures/bodies';
import { put, removal, ScriptedTab, sendChange, sendHeartbeat, sendSnapshot } from './fixtures/scripted-core';

const web = service('dc1/web');
const broken = service('dc1/web', 'critical');

let tab: ScriptedTab;
const statusOf = (key: string) =>
  (tab.core.body('fleet') as FleetBody | undefined)?.datacenters[0]?.services.find((entry) => entry.key === key)
    ?.status;

/** A tab that follows the fleet, with a stream that is open and has sent its snapshot at seq 10. */
beforeEach(() => {
  tab = new ScriptedTab();
  tab.core.want('fleet');
  tab.core.start();
  tab.source.open();
  sendSnapshot(tab.source, 'fleet', fleetBody({ seq: 10 }, [web]));
});

describe('a tab that follows the fleet', () => {
  it('opens one stream under the path that Lictor is served under', () => {
    expect(tab.sources.map((source) => source.url)).toEqual(['/lictor/api/v1/stream?topic=fleet']);
  });

  it('folds a change at once', () => {
    sendChange(tab.source, 'fleet', 11, [put(broken, 'passing')]);
    expect(statusOf('dc1/web')).toBe('critical');
  });

  it('ignores an event that it has had, and one that is older', () => {
    sendChange(tab.source, 'fleet', 12, [put(broken, 'passing')]);
    sendChange(tab.source, 'fleet', 12, [put(web, 'critical')]);
    sendChange(tab.source, 'fleet', 11, [put(web, 'critical')]);
    sendSnapshot(tab.source, 'fleet', fleetBody({ seq: 11 }, [web]));
    expect(statusOf('dc1/web')).toBe('critical');
    expect(tab.core.recentChanges()).toHaveLength(1);
  });

  it('takes a snapshot of another process, whatever its seq', () => {
    sendSnapshot(tab.source, 'fleet', fleetBody({ epoch: EPOCH + 5, seq: 1 }, [broken]));
    expect(statusOf('dc1/web')).toBe('critical');
  });

  it('starts from what the page brought, and asks only for what came since', () => {
    const other = new ScriptedTab();
    other.core.offer('fleet', fleetBody({ seq: 7 }, [web]));
    other.core.want('fleet');
    other.core.start();
    expect(other.source.topics).toEqual([`fleet@${EPOCH}:7`]);
  });
});

describe('a heartbeat', () => {
  const consulOf = () => (tab.core.body('fleet') as FleetBody).consul;

  it('brings whether Consul itself answers', () => {
    const away = { ...reachable, reachable: false, reason: 'Nobody listens there.' };
    const before = tab.core.body('fleet') as FleetBody;
    sendHeartbeat(tab.source, 10, tab.clock.wallMs(), away);
    expect(consulOf()).toEqual(away);
    expect(tab.core.body('fleet')).toMatchObject({ seq: 10, datacenters: before.datacenters });
  });

  it('that says nothing new leaves the fleet the same object', () => {
    const before = tab.core.body('fleet');
    sendHeartbeat(tab.source, 11, tab.clock.wallMs());
    expect(tab.core.body('fleet')).toBe(before);
  });
});

describe('a tab whose topics change', () => {
  it('opens the second stream first, and closes the first when the second is accepted', () => {
    const [first] = tab.sources;
    tab.core.want('service:dc1/web');
    tab.core.want('nodes');
    tab.clock.advance(10);
    expect(tab.sources).toHaveLength(2);
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:10`, 'nodes', 'service:dc1/web']);
    expect(first?.closed).toBe(false);

    if (first) sendChange(first, 'fleet', 11, [put(broken, 'passing')]);
    expect(statusOf('dc1/web')).toBe('critical');
    tab.source.open();
    expect(first?.closed).toBe(true);
    // The second resumes behind 10 and repeats 11.
    sendChange(tab.source, 'fleet', 11, [put(broken, 'passing')]);
    sendChange(tab.source, 'fleet', 12, [put(web, 'critical')]);
    expect(statusOf('dc1/web')).toBe('passing');
    expect(tab.core.recentChanges().map((change) => change.seq)).toEqual([12, 11]);
  });

  it('hears nothing more of a stream that it closed', () => {
    const [first] = tab.sources;
    tab.core.want('nodes');
    tab.clock.advance(10);
    tab.source.open();
    if (first) sendChange(first, 'fleet', 99, [put(broken, 'passing')]);
    first?.error();
    expect(statusOf('dc1/web')).toBe('passing');
    expect(tab.openSources).toEqual([tab.source]);
  });

  it('keeps the first stream while the second cannot be had', () => {
    const [first] = tab.sources;
    tab.core.want('nodes');
    tab.clock.advance(10);
    tab.source.error();
    if (first) sendChange(first, 'fleet', 11, [put(broken, 'passing')]);
    expect(statusOf('dc1/web')).toBe('critical');
    tab.clock.advance(250);
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:11`, 'nodes']);
    expect(tab.openSources).toEqual([first, tab.source]);
  });

  it('follows a topic on for 10 s after its page was left, then leaves it out and forgets it', () => {
    const release = tab.core.want('nodes');
    tab.clock.advance(10);
    tab.source.open();
    release();
    tab.clock.advance(4_000);
    tab.core.want('nodes')();
    sendHeartbeat(tab.source, 10, tab.clock.wallMs());
    tab.clock.advance(4_000);
    sendHeartbeat(tab.source, 10, tab.clock.wallMs());
    tab.clock.advance(4_000);
    sendHeartbeat(tab.source, 10, tab.clock.wallMs());
    expect(tab.sources).toHaveLength(2);
    tab.clock.advance(2_010);
    expect(tab.sources).toHaveLength(3);
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:10`]);
    expect(tab.bodies.at(-1)).toEqual(['nodes', null]);
  });

  it('is not led astray by a change of a topic that it has just left', () => {
    const release = tab.core.want('nodes');
    tab.clock.advance(10);
    tab.source.open();
    release();
    for (let n = 0; n < 9; n += 1) {
      tab.clock.advance(1_000);
      sendHeartbeat(tab.source, 10, tab.clock.wallMs());
    }
    const before = tab.source;
    tab.clock.advance(1_001);
    sendChange(before, 'nodes', 12, [put({ key: 'dc1/n1' })]);
    tab.clock.advance(9);
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:10`]);
  });

  it('does not take the heartbeat of one process for a position in another', () => {
    const other = new ScriptedTab();
    other.core.offer('fleet', fleetBody({ epoch: EPOCH + 5, seq: 7 }, [web]));
    other.core.want('fleet');
    other.core.start();
    other.source.open();
    sendHeartbeat(other.source, 500, other.clock.wallMs());
    other.source.error();
    other.clock.advance(250);
    expect(other.source.topics).toEqual([`fleet@${EPOCH + 5}:7`]);
  });

  it('resumes a quiet topic from the last heartbeat', () => {
    sendHeartbeat(tab.source, 500, tab.clock.wallMs());
    tab.source.error();
    tab.clock.advance(250);
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:500`]);
  });

  it('never asks for a service that cannot be, for the server would refuse the whole stream', () => {
    tab.core.want('service:no-slash');
    tab.core.want('service:dc1/%E0%A4%A');
    tab.clock.advance(1_000);
    expect(tab.sources).toHaveLength(1);
    expect(tab.core.goneSince('service:no-slash')).toBe(AT);
  });
});

describe('a service that is not there', () => {
  const topic = 'service:dc1/web';
  const one = instance('dc1/n1/web-1');
  const two = instance('dc1/n1/web-2');

  beforeEach(() => {
    tab.core.want(topic);
    tab.clock.advance(10);
    tab.source.open();
  });

  it('is gone since it was removed, keeps its record, and is back when it registers again', () => {
    sendSnapshot(tab.source, topic, serviceBody({ seq: 10 }, web, [one]));
    sendChange(tab.source, topic, 11, [removal(one.key), removal('dc1/web')]);
    expect(tab.core.goneSince(topic)).toBe(AT);
    expect(tab.core.body(topic)).toMatchObject({ service: web, instances: [] });
    sendChange(tab.source, topic, 12, [put(two), put(web)]);
    expect(tab.core.goneSince(topic)).toBeNull();
    expect(tab.core.body(topic)).toMatchObject({ instances: [two] });
    expect(tab.openSources).toEqual([tab.source]);
  });

  it('is gone where the stream says so in place of a snapshot, and comes by a new stream when it registers', () => {
    sendChange(tab.source, topic, 11, [removal('dc1/web')]);
    expect(tab.core.goneSince(topic)).toBe(AT);
    const before = tab.source;
    sendChange(before, topic, 12, [put(one), put(web)]);
    tab.clock.advance(250);
    expect(tab.openSources).toEqual([before, tab.source]);
    tab.source.open();
    sendSnapshot(tab.source, topic, serviceBody({ seq: 12 }, web, [one]));
    expect(tab.core.goneSince(topic)).toBeNull();
    expect(tab.core.body(topic)).toMatchObject({ instances: [one] });
  });

  it('does not mix instances of before with those of after, when it went while nobody listened', () => {
    sendSnapshot(tab.source, topic, serviceBody({ seq: 10 }, web, [one]));
    tab.source.error();
    tab.clock.advance(250);
    tab.source.open();
    // The server no longer holds what happened since 10, and the service is not there: it says only that.
    sendChange(tab.source, topic, 9_000, [removal('dc1/web')]);
    expect(tab.core.body(topic)).toMatchObject({ instances: [one] });
    sendChange(tab.source, topic, 9_001, [put(two), put(web)]);
    tab.clock.advance(500);
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:10`, topic]);
    tab.source.open();
    sendSnapshot(tab.source, topic, serviceBody({ seq: 9_001 }, web, [two]));
    expect(tab.core.body(topic)).toMatchObject({ instances: [two] });
  });
});

describe('what cannot be read', () => {
  it.each([
    ['text that is no JSON', '<html>'],
    ['a cut event', '{"topic":"fleet","seq":11,"at":"20'],
    ['a change without changes', { topic: 'fleet', seq: 11, at: AT }],
  ])('%s: keeps what it has, says so once, and asks for everything anew', (_, data) => {
    tab.source.send('change', data, `${EPOCH}:11`);
    expect(tab.openSources).toEqual([]);
    tab.clock.advance(250);
    expect(tab.source.topics).toEqual(['fleet']);
    expect(statusOf('dc1/web')).toBe('passing');
    tab.source.open();
    tab.source.send('change', data, `${EPOCH}:11`);
    expect(tab.reports).toEqual([expect.stringContaining('cannot be read')]);
    tab.clock.advance(500);
    tab.source.open();
    sendSnapshot(tab.source, 'fleet', fleetBody({ seq: 11 }, [broken]));
    expect(statusOf('dc1/web')).toBe('critical');
  });

  it('a key that is not percent-encoded: the same, on the other topics without a break', () => {
    const before = tab.source;
    sendChange(before, 'fleet', 11, [put({ key: '%E0%A4%A/web' })]);
    expect(tab.reports).toHaveLength(1);
    expect(before.closed).toBe(false);
    tab.clock.advance(250);
    expect(tab.source.topics).toEqual(['fleet']);
  });

  it('a change of another process than the body is of: asks for a snapshot, also of a server that goes on so', () => {
    for (let n = 0; n < 50; n += 1) {
      sendChange(tab.source, 'fleet', 11 + n, [put(broken)], EPOCH + 1);
      tab.clock.advance(200);
    }
    expect(statusOf('dc1/web')).toBe('passing');
    // Waits of 250, 500, 1,000, 2,000, 4,000 ms fit into 10 s.
    expect(tab.sources.length).toBeLessThanOrEqual(6);
  });
});

describe('how often the page is told', () => {
  const told = () => tab.bodies.length;

  it('is told of the first change at once, and of the rest of a burst once a frame', () => {
    tab.frames.paint();
    tab.frames.paint();
    const before = told();
    for (let seq = 11; seq <= 30; seq += 1) sendChange(tab.source, 'fleet', seq, [put(broken, 'passing')]);
    expect(told() - before).toBe(1);
    tab.frames.paint();
    expect(told() - before).toBe(2);
    expect(tab.bodies.at(-1)?.[1]?.seq).toBe(30);
    tab.frames.paint();
    expect(tab.frames.waiting).toBe(0);
    sendChange(tab.source, 'fleet', 31, [put(web, 'critical')]);
    expect(told() - before).toBe(3);
  });
});

describe('a tab that ends', () => {
  it('leaves no timer, no frame and no stream, whatever it was doing', () => {
    const release = tab.core.want('nodes');
    release();
    tab.clock.advance(10);
    sendHeartbeat(tab.source, 10, tab.clock.wallMs());
    tab.source.error();
    tab.core.stop();
    expect(tab.clock.pendingTimers).toBe(0);
    expect(tab.frames.waiting).toBe(0);
    expect(tab.openSources).toEqual([]);
  });

  it('starts again from where it was', () => {
    tab.core.stop();
    tab.core.start();
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:10`]);
  });
});

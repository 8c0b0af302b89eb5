import { beforeEach, describe, expect, it } from 'vitest';
import { AT, EPOCH, fleetBody, service } from './fixtures/bodies';
import { ScriptedTab, sendHeartbeat, sendSnapshot } from './fixtures/scripted-core';

let tab: ScriptedTab;
const phase = () => tab.core.connectionState().phase;
const beat = (seq = 10) => sendHeartbeat(tab.source, seq, tab.clock.wallMs());

beforeEach(() => {
  tab = new ScriptedTab();
  tab.core.want('fleet');
  tab.core.start();
});

/** Opens the newest stream and sends its snapshot. */
function accept(): void {
  tab.source.open();
  sendSnapshot(tab.source, 'fleet', fleetBody({ seq: 10 }, [service('dc1/web')]));
}

describe('the phase of a tab', () => {
  it('is reconnecting until the first event, then live', () => {
    expect(tab.phases).toEqual(['reconnecting']);
    tab.source.open();
    expect(phase()).toBe('reconnecting');
    accept();
    expect(tab.phases).toEqual(['reconnecting', 'live']);
  });

  it('is stale after 5 s without a first event', () => {
    tab.clock.advance(4_999);
    expect(phase()).toBe('reconnecting');
    tab.clock.advance(1);
    expect(phase()).toBe('stale');
  });

  it('changes exactly 3 s and 5 s after the last event', () => {
    accept();
    tab.clock.advance(700);
    beat();
    tab.clock.advance(2_999);
    expect(phase()).toBe('live');
    tab.clock.advance(1);
    expect(phase()).toBe('reconnecting');
    tab.clock.advance(1_999);
    expect(phase()).toBe('reconnecting');
    tab.clock.advance(1);
    expect(phase()).toBe('stale');
    expect(tab.phases).toEqual(['reconnecting', 'live', 'reconnecting', 'stale']);
  });

  it('is live again with the next event', () => {
    accept();
    tab.clock.advance(60_000);
    accept();
    expect(phase()).toBe('live');
  });

  it('does not pass for live because the clock was set back', () => {
    accept();
    tab.clock.sleep(-3_600_000);
    tab.clock.advance(5_000);
    expect(phase()).toBe('stale');
  });
});

describe('a stream that breaks', () => {
  it('is opened again for ever, with waits that grow to 5 s', () => {
    accept();
    const waitsMs: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      tab.source.error();
      const opened = tab.sources.length;
      let waitedMs = 0;
      while (tab.sources.length === opened) {
        tab.clock.advance(10);
        waitedMs += 10;
      }
      waitsMs.push(waitedMs);
    }
    expect(waitsMs).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  });

  it('is asked from where it broke off', () => {
    accept();
    beat(42);
    tab.source.error();
    tab.clock.advance(250);
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:42`]);
  });

  it('waits shortly again once it has been good for 5 s', () => {
    for (let n = 0; n < 6; n += 1) {
      tab.source.error();
      tab.clock.advance(5_000);
    }
    accept();
    for (let n = 0; n < 4; n += 1) {
      tab.clock.advance(1_500);
      beat();
    }
    tab.source.error();
    const opened = tab.sources.length;
    tab.clock.advance(250);
    expect(tab.sources.length).toBe(opened + 1);
  });

  it('does not become a storm where the server accepts and breaks off at once', () => {
    for (let elapsedMs = 0; elapsedMs < 60_000; elapsedMs += 50) {
      if (!tab.source.closed) {
        accept();
        tab.source.error();
      }
      tab.clock.advance(50);
    }
    // 250 + 500 + 1,000 + 2,000 + 4,000 ms, then one each 5 s of the 52 s that are left; and the first.
    expect(tab.sources.length).toBeLessThanOrEqual(17);
  });

  it('comes back at another moment in each of many tabs', () => {
    const comebacksMs = [0.1, 0.3, 0.5, 0.7, 0.9].map((random) => {
      const other = new ScriptedTab();
      other.random = () => random;
      other.core.start();
      other.source.error();
      let waitedMs = 0;
      for (; other.sources.length === 1; waitedMs += 1) other.clock.advance(1);
      return waitedMs;
    });
    expect(comebacksMs).toEqual([25, 75, 125, 175, 225]);
  });
});

describe('a bye', () => {
  it('closes the stream and waits as long as it asks, spread by half', () => {
    accept();
    tab.source.send('bye', { reason: 'restart', retryMs: 2_000 });
    expect(tab.openSources).toEqual([]);
    tab.clock.advance(2_999);
    expect(tab.sources).toHaveLength(1);
    tab.clock.advance(1);
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:10`]);
  });
});

describe('a stream that falls silent', () => {
  it('is replaced after 5 s', () => {
    accept();
    tab.clock.advance(4_999);
    expect(tab.sources).toHaveLength(1);
    tab.clock.advance(1);
    expect(tab.sources).toHaveLength(2);
    expect(tab.openSources).toEqual([tab.source]);
  });

  it('is given up where the server does not even accept it', () => {
    tab.clock.advance(5_250);
    expect(tab.sources).toHaveLength(2);
    expect(tab.openSources).toEqual([tab.source]);
  });

  it('is left alone while heartbeats come', () => {
    accept();
    for (let n = 0; n < 100; n += 1) {
      tab.clock.advance(2_000);
      beat();
    }
    expect(tab.sources).toHaveLength(1);
    expect(tab.phases).toEqual(['reconnecting', 'live']);
  });
});

describe('a browser that slept', () => {
  it('for an hour says stale and opens a new stream with the first timer', () => {
    accept();
    tab.clock.sleep(3_600_000);
    tab.clock.advance(1_000);
    expect(phase()).toBe('stale');
    expect(tab.sources).toHaveLength(2);
    expect(tab.source.topics).toEqual([`fleet@${EPOCH}:10`]);
    accept();
    expect(phase()).toBe('live');
  });

  it('says so at once when it is looked at', () => {
    accept();
    tab.clock.sleep(3_600_000);
    tab.core.wake();
    expect(tab.sources).toHaveLength(2);
  });

  it('does not wait on for a try that was due before it slept', () => {
    accept();
    for (let n = 0; n < 6; n += 1) {
      tab.source.error();
      tab.clock.advance(5_000);
    }
    tab.source.error();
    const opened = tab.sources.length;
    tab.clock.sleep(3_600_000);
    tab.clock.advance(1_000);
    expect(tab.sources.length).toBe(opened + 1);
  });

  it('is not taken for asleep where timers are held back and events come', () => {
    accept();
    for (let minute = 0; minute < 10; minute += 1) {
      for (let n = 0; n < 30; n += 1) {
        tab.clock.hold(2_000);
        beat();
      }
      tab.clock.advance(0);
    }
    expect(tab.sources).toHaveLength(1);
    expect(tab.phases).toEqual(['reconnecting', 'live']);
  });
});

describe('waking', () => {
  it('opens at once what was waiting, and keeps what is live', () => {
    accept();
    tab.core.wake();
    expect(tab.sources).toHaveLength(1);
    for (let n = 0; n < 8; n += 1) {
      tab.source.error();
      tab.clock.advance(5_000);
    }
    tab.source.error();
    const opened = tab.sources.length;
    tab.core.wake();
    expect(tab.sources.length).toBe(opened + 1);
  });

  it('again and again does not open again and again', () => {
    accept();
    tab.clock.advance(3_500);
    for (let n = 0; n < 100; n += 1) {
      tab.core.wake();
      tab.clock.advance(10);
    }
    expect(tab.sources).toHaveLength(2);
  });
});

describe('ages', () => {
  it('are the server’s, however wrong the browser’s clock is', () => {
    accept();
    sendHeartbeat(tab.source, 10, Date.parse(AT) + 90_000);
    expect(tab.core.serverClock.nowMs()).toBe(Date.parse(AT) + 90_000);
    // Someone sets it forward by 500 s: the offset is less by as much.
    tab.clock.sleep(500_000);
    tab.clock.advance(1_000);
    accept();
    sendHeartbeat(tab.source, 10, Date.parse(AT) + 91_000);
    expect(tab.core.serverClock.nowMs()).toBe(Date.parse(AT) + 91_000);
  });

  it('of a datacenter count on, and say why when nothing is heard of Lictor', () => {
    accept();
    beat();
    const at = (ms: number) => tab.core.freshness('dc1', Date.parse(AT) + ms);
    expect(at(0)).toMatchObject({ state: 'live', lastContactMs: 200, reason: null });
    expect(at(1_000)).toMatchObject({ state: 'live', lastContactMs: 1_200 });
    expect(at(1_000)).toBe(at(1_000));
    tab.clock.advance(5_000);
    expect(at(5_000)).toMatchObject({ state: 'stale', lastContactMs: 5_200, since: AT });
    expect(at(5_000).reason).toContain('Lictor');
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { exampleInstance } from '@/lib/history/example-transition';
import { lictorSubject } from '@/lib/history/subjects';
import { FlapStory } from './example-flaps';

const web = exampleInstance('a', 'web-1');
const KEY = web.key;

describe('what flaps', () => {
  let story: FlapStory;
  beforeEach(() => {
    story = new FlapStory();
  });

  it('is found within four minutes where it goes up and down every 10 s, and ends ten minutes after the last change', () => {
    story.cycles(5, 60, 10, web);
    // The sixth slot of 30 s begins at 150 s, with a recovery.
    expect(story.edges).toEqual([`150 begins ${KEY}`]);
    for (let s = 630; s <= 1_500; s += 30) story.watched(s);
    expect(story.edges).toEqual([`150 begins ${KEY}`, `1200 ends ${KEY}`]);
  });

  it('ends with a whole slot, not sooner for being asked late in one', () => {
    // The last change is at 603 s; ten minutes later it is 1,203 s.
    story.cycles(8, 60, 10, web);
    story.watched(1_229);
    expect(story.edges).toHaveLength(1);
    story.watched(1_230);
    expect(story.edges).toHaveLength(2);
  });

  it('is found by its repeats where it falls for seconds every 20 minutes, and goes on while it keeps its pace', () => {
    story.cycles(0, 12, 1_200, web, 20);
    expect(story.edges).toEqual([`4820 begins ${KEY}`]);
    // One slot of 5 min in four is 24.75% at most; three times its pace it may be quiet.
    story.watched(13_220 + 3 * 1_200 - 30);
    expect(story.edges).toHaveLength(1);
    story.watched(13_220 + 3 * 1_200 + 30);
    expect(story.edges).toHaveLength(2);
  });

  it('is a check by itself too, and goes with it', () => {
    for (let n = 0; n < 20; n += 1) {
      story.check(n * 20, web, 'passing', 'critical');
      story.check(n * 20 + 10, web, 'critical', 'passing');
    }
    expect(story.edges).toEqual([`150 begins ${KEY} http`]);
    story.check(400, web, 'passing', null);
    expect(story.edges.at(-1)).toBe(`400 ends ${KEY} http`);
  });

  it('is a warning that comes and goes as well', () => {
    for (let n = 0; n < 20; n += 1) {
      story.flip(n * 20, web, 'passing', 'warning');
      story.flip(n * 20 + 10, web, 'warning', 'passing');
    }
    expect(story.edges).toHaveLength(1);
  });

  it('is a service whose one instance falls again and again, and one whose instances do in turns', () => {
    const other = exampleInstance('b', 'web-2');
    for (let n = 0; n < 12; n += 1) {
      const instance = n % 2 === 0 ? web : other;
      story.flip(n * 60, instance, 'passing', 'critical');
      story.service(n * 60, 'passing', 'critical');
      story.flip(n * 60 + 20, instance, 'critical', 'passing');
      story.service(n * 60 + 20, 'critical', 'passing');
    }
    expect(story.edges).toContain('260 begins dc1/web');
  });

  it('ends when it is gone', () => {
    story.cycles(0, 30, 10, web);
    story.flip(400, web, 'passing', null);
    expect(story.edges.at(-1)).toBe(`400 ends ${KEY}`);
    expect([...story.detector.tracks()].filter(({ subject }) => subject.kind === 'instance')).toEqual([]);
  });
});

describe('what is no flapping', () => {
  let story: FlapStory;
  beforeEach(() => {
    story = new FlapStory();
  });

  it('is an outage that stutters as it comes and goes', () => {
    story.cycles(0, 2, 40, web);
    story.flip(80, web, 'passing', 'critical');
    story.flip(2_000, web, 'critical', 'passing');
    story.cycles(2_030, 1, 40, web);
    expect(story.edges).toEqual([]);
  });

  it('is what goes into maintenance and comes back, whatever its checks do meanwhile', () => {
    for (let n = 0; n < 30; n += 1) {
      story.flip(n * 60, web, 'passing', 'maintenance');
      story.check(n * 60 + 10, web, 'passing', 'critical');
      story.check(n * 60 + 20, web, 'critical', 'passing');
      story.check(n * 60 + 25, web, null, 'critical', `_service_maintenance:${web.id}`);
      story.flip(n * 60 + 40, web, 'maintenance', 'passing');
    }
    expect(story.edges).toEqual([]);
  });

  it('is what nobody could tell', () => {
    for (let n = 0; n < 30; n += 1) {
      story.flip(n * 60, web, 'passing', 'unknown');
      story.flip(n * 60 + 30, web, 'unknown', 'passing');
    }
    expect(story.edges).toEqual([]);
  });

  it('is what registers and deregisters itself, under one id or ever new ones', () => {
    for (let n = 0; n < 40; n += 1) {
      const instance = n % 2 === 0 ? web : exampleInstance('a', `web-${n}`);
      story.arrive(n * 60, instance);
      story.flip(n * 60 + 10, instance, 'critical', 'passing');
      story.service(n * 60 + 10, 'critical', 'passing');
      story.flip(n * 60 + 40, instance, 'passing', 'critical');
      story.service(n * 60 + 40, 'passing', 'critical');
      story.flip(n * 60 + 50, instance, 'critical', null);
    }
    expect(story.edges).toEqual([]);
  });

  it('is a rollout in place: what fell before its new version came up fell for that, and a slow start belongs to it', () => {
    for (let n = 0; n < 20; n += 1) {
      const instance = exampleInstance('a', `web-${n % 4}`);
      const s = n * 120;
      story.flip(s, instance, 'passing', 'critical');
      story.service(s, 'passing', 'critical');
      story.version(s + 10, instance, `1.${n}.0`);
      story.flip(s + 90, instance, 'critical', 'passing');
      story.service(s + 90, 'critical', 'passing');
    }
    expect(story.edges).toEqual([]);
    for (const { ring } of story.detector.tracks()) expect(ring.falls).toBe(0);
  });

  it('is a wave in which each instance is restarted once, without another version', () => {
    for (let n = 0; n < 40; n += 1) {
      const instance = exampleInstance('a', `web-${n}`);
      story.flip(n * 60, instance, 'passing', 'critical');
      story.service(n * 60, 'passing', 'critical');
      story.flip(n * 60 + 20, instance, 'critical', 'passing');
      story.service(n * 60 + 20, 'critical', 'passing');
    }
    expect(story.edges).toEqual([]);
  });

  it('is a restart each day, and nothing is kept of it', () => {
    for (let day = 0; day < 30; day += 1) {
      story.cycles(day * 86_400, 2, 30, web);
      story.watched(day * 86_400 + 43_200);
    }
    expect(story.edges).toEqual([]);
    expect([...story.detector.tracks()]).toEqual([]);
  });
});

describe('time that was not watched', () => {
  it('neither begins nor ends a flap', () => {
    const story = new FlapStory();
    story.cycles(0, 30, 10, web);
    expect(story.edges).toEqual([`155 begins ${KEY}`]);
    story.note(story.detector.gapBegins('dc1', story.atMs(300)));
    story.watched(40_000);
    story.note(story.detector.gapEnds('dc1', story.atMs(40_000)));
    story.tell({ ...at(story, 40_000), from: 'passing', to: 'critical', unwatchedFromMs: story.atMs(300) });
    expect(story.edges, 'it lay in the dark for hours').toHaveLength(1);
    story.watched(40_000 + 570);
    expect(story.edges).toHaveLength(1);
    story.watched(40_000 + 630);
    expect(story.edges.at(-1)).toBe(`40630 ends ${KEY}`);
  });

  const at = (story: FlapStory, s: number) => {
    const other = new FlapStory(story.atMs(0));
    other.flip(s, web, 'passing', 'critical');
    return other.transitions[0] as (typeof other.transitions)[number];
  };

  it('holds no transitions that count: what changed meanwhile is known, not how often', () => {
    const story = new FlapStory();
    for (let n = 0; n < 60; n += 1) {
      const flip = at(story, n * 10);
      const [from, to] = n % 2 === 0 ? ['passing', 'critical'] : ['critical', 'passing'];
      story.tell({ ...flip, from, to, unwatchedFromMs: flip.observedAtMs - 5_000 } as typeof flip);
    }
    expect(story.edges).toEqual([]);
  });
});

describe('a clock that is set', () => {
  const set = (story: FlapStory, s: number, byS: number) =>
    story.tell({
      ...{ subject: lictorSubject('r1'), kind: 'clock-set', item: null, from: null, to: String(byS * 1_000) },
      ...{ observedAtMs: story.atMs(s), index: null, merged: false, unwatchedFromMs: null },
    });

  it.each([[7_200], [-7_200]])('by %s s in the middle of a flap changes nothing of it', (byS) => {
    const story = new FlapStory();
    story.cycles(0, 10, 10, web);
    set(story, 100 + byS, byS);
    story.cycles(100 + byS, 10, 10, web);
    expect(story.edges).toEqual([`${155 + byS} begins ${KEY}`]);
    story.watched(200 + byS + 500);
    expect(story.edges).toHaveLength(1);
    story.watched(200 + byS + 660);
    expect(story.edges).toHaveLength(2);
  });

  it('back without a word only makes time stand still', () => {
    const story = new FlapStory();
    story.cycles(0, 30, 10, web);
    story.cycles(300 - 3_600, 30, 10, web);
    story.watched(3_600 + 300);
    expect(story.edges[0]).toBe(`155 begins ${KEY}`);
    expect(story.edges).toHaveLength(2);
    story.cycles(4_000, 30, 10, web);
    expect(story.edges).toHaveLength(3);
  });
});

it('goes on from how something stood where the record that is read begins', () => {
  const story = new FlapStory();
  const { subject } = (() => {
    const other = new FlapStory();
    other.flip(0, web, 'passing', 'critical');
    return other.transitions[0] as (typeof other.transitions)[number];
  })();
  story.detector.resume(subject, null, story.atMs(0), { flappingSinceMs: story.atMs(-9_000), isInMaintenance: false });
  story.detector.resume({ ...subject, key: 'dc1/a/web-2' }, null, story.atMs(0), {
    flappingSinceMs: null,
    isInMaintenance: true,
  });
  story.watched(570);
  expect(story.edges).toEqual([]);
  story.watched(630);
  expect(story.edges).toEqual([`630 ends ${KEY}`]);
  const resting = exampleInstance('a', 'web-2');
  for (let n = 0; n < 30; n += 1) {
    story.check(700 + n * 20, resting, 'passing', 'critical');
    story.check(710 + n * 20, resting, 'critical', 'passing');
  }
  expect(story.edges).toHaveLength(1);
});

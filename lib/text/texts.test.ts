import { describe, expect, it } from 'vitest';
import { en } from './en';
import { zh } from './zh';

/** All plain strings of a dictionary, by their path. */
function strings(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, `${path}.${key}`));
}

describe('the English words', () => {
  it('count one thing as one, and thousands with a comma', () => {
    expect(en.counts.services(1)).toBe('1 service');
    expect(en.counts.instances(1_002)).toBe('1,002 instances');
    expect(en.counts.shareOf(3, 6, 'critical')).toBe('3 of 6 critical');
    expect(en.counts.shareOf(1, 6, 'maintenance')).toBe('1 of 6 in maintenance');
  });

  it('say an age to the tenth while it is watched, and in one unit after', () => {
    expect(en.freshness.live(449)).toBe('live 0.4 s');
    expect(en.freshness.notLive('stale', 42_900)).toBe('stale: last contact 42 s ago');
    expect(en.freshness.notLive('lost', 3_700_000)).toBe('lost: last contact 1 h ago');
    expect(en.freshness.notLive('lost', null)).toBe('lost: never heard from');
  });

  it('make a verdict of what is judged', () => {
    expect(en.verdict.wrong('critical', 3, 'dc2', en.time.since('03:12'))).toBe(
      '3 services critical, worst in dc2 since 03:12',
    );
    expect(en.verdict.passing(42, 3)).toBe('All 42 services passing in 3 datacenters');
    expect(en.verdict.lost(['dc1', 'dc2'])).toBe('dc1 and dc2 are out of sight');
    expect(en.verdict.lost(['a', 'b', 'c', 'd'])).toBe('All 4 datacenters are out of sight');
  });

  it('say what is missing without calling it gone', () => {
    expect(en.unconfirmed.datacenter(1_200, 1)).toBe('1,200 instances and 1 node gone, unconfirmed');
    expect(en.unconfirmed.datacenter(0, 3)).toBe('3 nodes gone, unconfirmed');
    expect(zh.unconfirmed.datacenter(1_200, 1)).toBe('1,200 个实例、1 个节点已消失，待确认');
  });

  it('say how long in two units, or shortly in one', () => {
    expect(en.duration(436_999)).toBe('7 min 16 s');
    expect(en.durationShort(436_999)).toBe('7 min');
  });
});

describe('the Chinese words', () => {
  it('are Chinese, all of them', () => {
    const foreign = strings(zh, 'zh').filter(([, text]) => /\p{L}/u.test(text) && !/\p{Script=Han}/u.test(text));
    expect(foreign).toEqual([]);
  });

  it('say the same as the English ones', () => {
    expect(zh.counts.shareOf(3, 6, 'critical')).toBe('6 个中 3 个严重');
    expect(zh.verdict.wrong('critical', 3, 'dc2', zh.time.since('03:12'))).toBe('3 个服务严重，dc2 最重，自 03:12 起');
    expect(zh.freshness.notLive('stale', 42_900)).toBe('陈旧：42 秒前最后联系');
    expect(zh.duration(436_999)).toBe('7 分 16 秒');
    expect(zh.durationShort(436_999)).toBe('7 分钟');
  });
});

import { describe, expect, it } from 'vitest';
import { exampleService } from './example-fleet';
import { filterWords, matchesWords } from './text-filter';

const row = {
  dc: 'dc2',
  freshness: 'live',
  service: exampleService('dc2', 'Payment-API', ['passing'], { tags: ['team:pay', '支付'], versions: { '1.4.2': 1 } }),
} as const;
const matches = (query: string) => matchesWords(row, filterWords(query));

describe('the text filter', () => {
  it('finds a part of the name, a tag, a version and the datacenter', () => {
    for (const query of ['ment', 'team:', '1.4', 'dc2', '支付']) expect(matches(query)).toBe(true);
    expect(matches('dc1')).toBe(false);
  });

  it('wants every word, each anywhere', () => {
    expect(matches('dc2 pay 1.4')).toBe(true);
    expect(matches('dc2 pay 1.5')).toBe(false);
  });

  it('does not ask for the right case or width', () => {
    expect(matches('PAYMENT')).toBe(true);
    expect(matches('ｐａｙ')).toBe(true);
  });

  it('takes every character for itself', () => {
    expect(matches('.*')).toBe(false);
    expect(matches('pay%')).toBe(false);
    expect(matches('1.4.2')).toBe(true);
  });

  it('lets all pass when it is blank', () => expect(matches(' \t ')).toBe(true));
});

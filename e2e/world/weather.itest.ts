import { expect, test } from 'vitest';
import { startWorld } from './start-world';
import { runWeather } from './weather';

test('weather undoes each of its events, and generated services stand beside the shop', async () => {
  const small = await startWorld({ datacenters: 1, services: 12, instancesPerService: 3 });
  try {
    const names = Object.keys(await small.consul('dc1').get<Record<string, string[]>>('/v1/catalog/services'));
    const extra = names.filter((name) => name.startsWith('account-') || name.startsWith('auth-'));
    expect(extra).toEqual(['account-reader', 'auth-reader']);
    const passing = await small.consul('dc1').get<unknown[]>('/v1/health/service/account-reader?passing');
    expect(passing).toHaveLength(3);
    const ended = new AbortController();
    const told: string[] = [];
    const report = (sentence: string) => {
      told.push(sentence);
      if (/^node .* is back$/.test(sentence)) ended.abort();
    };
    await runWeather(small, ended.signal, { seed: 7, stepMs: 100, report });
    for (const event of [
      /begins to flap/,
      / wavers/,
      /goes into maintenance: /,
      / rolls out/,
      / crashes/,
      /^node .* is lost/,
    ]) {
      expect(told.some((sentence) => event.test(sentence))).toBe(true);
    }
    await small.allPassing();
  } finally {
    await small.stop();
  }
});

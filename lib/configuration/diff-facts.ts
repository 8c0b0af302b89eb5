import type { ConfigurationChange, ConfigurationFact } from './configuration-fact';
import { summarizeChange } from './summarize-change';

type Facts = ReadonlyMap<string, ConfigurationFact>;
type Stamp = Pick<ConfigurationChange, 'observedAt' | 'index' | 'merged'>;

/** What changed from one reading to the next, by key. What was written anew with the same content did not change. */
export function diffFacts(before: Facts, after: Facts, stamp: Stamp): ConfigurationChange[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => {
    const change = changeOf(before.get(key) ?? null, after.get(key) ?? null, stamp);
    return change ? [change] : [];
  });
}

function changeOf(
  from: ConfigurationFact | null,
  to: ConfigurationFact | null,
  stamp: Stamp,
): ConfigurationChange | null {
  const fact = to ?? from;
  if (fact === null || from?.content === to?.content) return null;
  const { dc, subject, key, name } = fact;
  return {
    ...{ dc, subject, key, name, from, to },
    op: to ? 'put' : 'remove',
    modifyIndex: to?.modifyIndex ?? null,
    ...stamp,
    summary: from && to ? summarizeChange(from.content, to.content) : '',
  };
}

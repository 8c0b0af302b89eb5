import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json';
import { configVersion } from './config-version';
import type { ConfigurationFact } from './configuration-fact';
import { diffFacts } from './diff-facts';
import { subjectKey } from './subject-key';

const fact = (name: string, content: string, modifyIndex = 1): ConfigurationFact => ({
  ...{ dc: 'dc1', subject: 'kv', key: subjectKey('dc1', name), name, modifyIndex, digest: content, content },
});
const byKey = (...facts: ConfigurationFact[]) => new Map(facts.map((one) => [one.key, one]));
const STAMP = { observedAt: '2026-01-01T00:00:00.000Z', index: 9, merged: false };

describe('a difference', () => {
  it('names what came, what went and what changed, with the fields that differ', () => {
    const before = byKey(fact('a', '{"Action":"allow","Meta":{}}'), fact('gone', '{}'), fact('same', '{}', 1));
    const after = byKey(fact('a', '{"Action":"deny","Meta":{},"X":1}', 7), fact('new', '{}', 8), fact('same', '{}', 5));
    const changes = diffFacts(before, after, STAMP);
    expect(changes.map(({ name, op, modifyIndex, summary }) => [name, op, modifyIndex, summary])).toEqual([
      ['a', 'put', 7, 'Action: allow → deny, X: – → 1'],
      ['gone', 'remove', null, ''],
      ['new', 'put', 8, ''],
    ]);
    expect(changes[0]).toMatchObject({ dc: 'dc1', subject: 'kv', key: 'dc1/a', ...STAMP });
  });

  it('leads from one reading to the next, whatever they are', () => {
    const facts = fc
      .dictionary(fc.constantFrom('a', 'b', '/', 'ü', '__proto__'), fc.json({ maxDepth: 1 }))
      .map((contents) => byKey(...Object.entries(contents).map(([name, content]) => fact(name, content))));
    fc.assert(
      fc.property(facts, facts, (before, after) => {
        const folded = new Map(before);
        for (const { key, to } of diffFacts(before, after, STAMP)) {
          if (to) folded.set(key, to);
          else folded.delete(key);
        }
        const contents = (of: ReadonlyMap<string, ConfigurationFact>) =>
          [...of].map(([key, { content }]) => `${key} ${content}`).sort();
        expect(contents(folded)).toEqual(contents(after));
        expect(diffFacts(after, after, STAMP)).toEqual([]);
      }),
    );
  });
});

it('JSON is the same text in whatever order its keys came, and stays what it was', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(canonicalJson(JSON.parse(text)))).toEqual(JSON.parse(text));
    }),
  );
});

it.each([
  ['config/web', '{"version":"1.4.2","password":"x"}', '1.4.2'],
  ['config/web', '{"version":12}', '12'],
  ['config/web', '{"version":"12"}', '12'],
  ['config/web/v12', 'anything', 'v12'],
  ['config/web/v12', '{"version":"v13"}', 'v13'],
  // What is no version may be a secret.
  ['config/web', '{"version":"hunter2"}', null],
  ['config/web', '{"version":{"major":1}}', null],
  ['config/web', '1.4.2', null],
  ['config/web', '{"version":', null],
  ['config/8080', '', null],
])('the version of %s with %s is %s', (key, value, version) => {
  expect(configVersion(key, value)).toBe(version);
});

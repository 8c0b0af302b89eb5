import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AlertRefusal } from '@/server/alerts/alert-desk-parts';
import { MemoryDocuments } from '@/server/alerts/testing/memory-documents';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { DEFAULT_RULES } from './default-rules';
import { RulesSource } from './rules-source';

const one = 'rules: [{alert: Watchdog, when: watchdog}]';
const two = 'rules: [{alert: Watchdog, when: watchdog}, {alert: NoLeader, when: no-leader}]';
const broken = 'rules:\n  - alert: A\n    when: never';

const clock = new ManualClock();
const started: RulesSource[] = [];
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lictor-rules-'));
});
afterEach(() => {
  for (const source of started.splice(0)) source.stop();
  rmSync(folder, { recursive: true });
});

async function start(documents: MemoryDocuments, rulesFile: string | null = null) {
  const said: string[] = [];
  const note = (fields: object, sentence: string) => said.push(`${sentence} ${JSON.stringify(fields)}`);
  const source = new RulesSource({ rulesFile, documents, clock, log: { info: note, warn: note } });
  started.push(source);
  const changes: boolean[] = [];
  source.onChange((isOther) => changes.push(isOther));
  await source.start();
  return { source, said, changes, names: () => source.set.rules.map(({ alert }) => alert) };
}

/** Time goes on for as long as a change of a file takes to be seen. */
async function looks(source: RulesSource): Promise<void> {
  for (let n = 0; n < 3; n += 1) {
    await clock.advance(2_000);
    // What the timer set off is under way: this waits for the very same look.
    await source.look();
  }
}

async function refusal(promise: Promise<unknown>): Promise<AlertRefusal> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof AlertRefusal) return error;
  throw new Error('It was not refused.');
}

it('has the defaults where nobody wrote any, and says so', async () => {
  const { source } = await start(new MemoryDocuments());
  expect(source.body()).toMatchObject({
    text: DEFAULT_RULES,
    saveRefusal: null,
    state: { source: 'defaults', error: null },
  });
});

it('saves rules, which another Lictor follows and a later one finds', async () => {
  const documents = new MemoryDocuments();
  const { source, names, changes } = await start(documents);
  const other = await start(documents);
  const saved = await source.save(one, source.body().etag, 'ann');
  expect(saved).toMatchObject({ text: one, state: { source: 'record', rules: 1, error: null } });
  expect(names()).toEqual(['Watchdog']);
  // The first look found the defaults, which were in force already.
  expect(changes).toEqual([false, true]);
  expect(other.names()).not.toEqual(['Watchdog']);
  await clock.advance(2_000);
  expect(other.names()).toEqual(['Watchdog']);
  expect(other.source.body().etag).toBe(saved.etag);
  expect((await start(documents)).names()).toEqual(['Watchdog']);
});

it('keeps what says the same: a remark changes no rule, and a rule changes nothing of flapping', async () => {
  const { source, changes } = await start(new MemoryDocuments());
  await source.save(one, source.body().etag, 'ann');
  const { set } = source;
  await source.save(`# A remark.\n${one}`, source.body().etag, 'ann');
  expect(source.set).toBe(set);
  expect(changes.at(-1)).toBe(false);
  await source.save(two, source.body().etag, 'ann');
  expect(source.set.rules).not.toBe(set.rules);
  expect(source.set.flapping).toBe(set.flapping);
});

it('refuses to save over what somebody else saved, and tells what stands there', async () => {
  const documents = new MemoryDocuments();
  const { source, names } = await start(documents);
  const other = await start(documents);
  const seen = source.body().etag;
  await other.source.save(two, seen, 'bob');
  const refused = await refusal(source.save(one, seen, 'ann'));
  expect(refused).toMatchObject({ code: 'changed', members: { present: { text: two } } });
  expect(names()).toEqual(['Watchdog', 'NoLeader']);
  // In the very moment: both have looked, and one of them is too late.
  const both = source.body().etag;
  const results = await Promise.allSettled([source.save(one, both, 'ann'), other.source.save(one, both, 'bob')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('refuses to save what cannot be used, with its line, and what cannot be kept', async () => {
  const documents = new MemoryDocuments();
  const { source } = await start(documents);
  const { etag } = source.body();
  const invalid = await refusal(source.save(broken, etag, 'ann'));
  expect(invalid).toMatchObject({ code: 'invalid-rules', members: { line: 3 } });
  documents.trouble = new Error('The database does not answer.');
  const unkept = await refusal(source.save(one, etag, 'ann'));
  expect(unkept).toMatchObject({ code: 'not-kept', message: expect.stringContaining('does not answer') });
  expect(source.state.source).toBe('defaults');
});

it('saves nothing over what could never be read', async () => {
  const documents = new MemoryDocuments();
  documents.trouble = new Error('The database does not answer.');
  const { source } = await start(documents);
  const refused = await refusal(source.save(one, source.body().etag, 'ann'));
  expect(refused).toMatchObject({ code: 'not-kept', message: expect.stringContaining('could not be read') });
});

it('keeps the rules while saved ones cannot be read, says so once, and finds them again', async () => {
  const documents = new MemoryDocuments();
  const { source, said, names } = await start(documents);
  await source.save(one, source.body().etag, 'ann');
  documents.trouble = new Error('The database does not answer.');
  await clock.advance(6_000);
  expect(source.state.error).toMatchObject({ line: null, reason: expect.stringContaining('does not answer') });
  expect(said.filter((sentence) => sentence.includes('does not answer'))).toHaveLength(1);
  expect(names()).toEqual(['Watchdog']);
  documents.trouble = null;
  await clock.advance(2_000);
  expect(source.state).toMatchObject({ source: 'record', error: null });
});

it('keeps what was in force while a saved text has an error, and shows the text', async () => {
  const documents = new MemoryDocuments();
  await documents.put('alert-rules', 'rules', JSON.stringify({ text: broken, by: 'a later version' }), null);
  const { source } = await start(documents);
  expect(source.body()).toMatchObject({ text: broken, state: { source: 'defaults', error: { line: 3 } } });
  await documents.put('alert-rules', 'rules', '{', null);
  await clock.advance(2_000);
  expect(source.state.error).toMatchObject({ line: null, reason: expect.stringContaining('none that Lictor wrote') });
});

it('follows a file: an error keeps the rules before it, a mended one takes their place, and nothing is saved there', async () => {
  const path = join(folder, 'rules.yml');
  writeFileSync(path, one);
  const { source, names, said } = await start(new MemoryDocuments(), path);
  expect(source.state).toMatchObject({ source: path, rules: 1, error: null });
  writeFileSync(path, broken);
  await looks(source);
  expect(source.state).toMatchObject({ rules: 1, error: { line: 3 } });
  expect(source.body().text).toBe(broken);
  expect(said.at(-1)).toContain('"line":3');
  expect(names()).toEqual(['Watchdog']);
  writeFileSync(join(folder, 'next.yml'), two);
  renameSync(join(folder, 'next.yml'), path);
  await looks(source);
  expect(names()).toEqual(['Watchdog', 'NoLeader']);
  rmSync(path);
  await looks(source);
  expect(source.state.error?.reason).toContain('ENOENT');
  expect(names()).toEqual(['Watchdog', 'NoLeader']);
  const refused = await refusal(source.save(one, source.body().etag, 'ann'));
  expect(refused).toMatchObject({ code: 'rules-not-here', message: expect.stringContaining(path) });
});

it('does not take a file in the moment in which it is emptied to be written', async () => {
  const path = join(folder, 'rules.yml');
  writeFileSync(path, one);
  const { source, names, changes } = await start(new MemoryDocuments(), path);
  writeFileSync(path, '');
  await source.look();
  writeFileSync(path, two);
  await looks(source);
  expect(names()).toHaveLength(2);
  // The defaults, which an empty text stands for, were never in force.
  expect(changes).toEqual([true, true]);
});

it('reads no folder and nothing huge', async () => {
  expect((await start(new MemoryDocuments(), folder)).source.state.error?.reason).toContain('no file');
  const path = join(folder, 'rules.yml');
  writeFileSync(path, 'x'.repeat(1_000_001));
  expect((await start(new MemoryDocuments(), path)).source.state.error?.reason).toContain('larger');
});

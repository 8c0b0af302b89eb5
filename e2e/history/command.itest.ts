import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { seededRandom } from '@/e2e/world/random';
import { tierMs } from '@/lib/history/roll-up';
import { projectPath } from '@/scripts/launcher/project.mjs';
import type { RecordPlace } from '@/server/config/history-settings';
import { runCommand } from '@/server/history/command/run-command';
import { LastingReader } from '@/server/history/store/lasting-reader';
import { LastingWriter } from '@/server/history/store/lasting-writer';
import { RandomFleet } from './random-fleet';
import { StorePlaces } from './store-places';

const places = new StorePlaces();
afterAll(() => places.clear());

const START = Date.UTC(2026, 2, 28, 12);
const HOUR = tierMs.hour;
const other = { sqlite: 'postgres', postgres: 'sqlite' } as const;

const environment = (place: RecordPlace): Record<string, string> =>
  place.kind === 'sqlite' ? { LICTOR_DATA_DIR: place.folder } : { LICTOR_DATABASE_URL: place.url };

/** Runs a command; its exit status and what it said. */
async function history(place: RecordPlace, ...args: string[]): Promise<{ status: number; said: string }> {
  const spoken = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    const status = await runCommand(args, environment(place));
    return { status, said: spoken.mock.calls.flat().join('\n') };
  } finally {
    spoken.mockRestore();
  }
}

/** A record with two days of a random fleet, gaps and all. */
async function someRecord(place: RecordPlace, seed: number): Promise<RecordPlace> {
  const writer = new LastingWriter(place, () => {});
  await writer.takePen('test');
  const fleet = new RandomFleet(seededRandom(seed));
  for (let at = 0; at < 48; at += 1) {
    const atMs = START + at * HOUR;
    const gap = { dc: 'dc1', atMs: atMs + HOUR / 4, reason: "Away; it's\0 odd." };
    await writer.append({
      transitions: [...fleet.step(atMs), ...fleet.step(atMs + 1)],
      gaps: at % 11 === 5 ? [{ op: 'begin', ...gap }] : at % 11 === 6 ? [{ op: 'end', ...gap }] : [],
      aliveMs: atMs + 10,
    });
  }
  await writer.close();
  return place;
}

const file = (name: string): string => join(places.folder(), name);

describe.each(['sqlite', 'postgres'] as const)('a record in %s', (kind) => {
  test('goes into the other store by export and import, and back, word for word', async () => {
    const place = await someRecord(await places.empty(kind), 11);
    const [out, back] = [file('out.jsonl'), file('back.jsonl')];
    expect((await history(place, 'export', '--output', out)).status).toBe(0);
    const moved = await places.empty(other[kind]);
    expect(await history(moved, 'import', out)).toMatchObject({ status: 0 });
    const verified = await history(moved, 'verify');
    expect(verified.said).not.toMatch(/: (?!sound)/);
    expect(verified.status).toBe(0);
    expect((await history(moved, 'export', '--output', back)).status).toBe(0);
    expect(readFileSync(back, 'utf8')).toBe(readFileSync(out, 'utf8'));
    // Who goes on writing there goes on where the other ended.
    const writer = new LastingWriter(moved, () => {});
    expect(await writer.takePen('next')).toMatchObject({ aliveMs: START + 47 * HOUR + 10 });
    const fleet = new RandomFleet(seededRandom(12));
    await writer.append({ transitions: fleet.step(START + 60 * HOUR), gaps: [], aliveMs: START + 60 * HOUR });
    await writer.close();
    expect((await history(moved, 'verify')).status).toBe(0);
  });

  test('is exported from a moment on with the state that it had then', async () => {
    const place = await someRecord(await places.empty(kind), 13);
    const out = file('range.jsonl');
    const fromMs = START + 30 * HOUR;
    const from = ['--from', new Date(fromMs).toISOString()];
    expect((await history(place, 'export', ...from, '--output', out)).status).toBe(0);
    const cut = await places.empty(kind);
    expect((await history(cut, 'import', out)).status).toBe(0);
    expect((await history(cut, 'verify')).said).not.toMatch(/: (?!sound)/);
    const [whole, part] = [new LastingReader(place), new LastingReader(cut)];
    for (const atMs of [fromMs, fromMs + 3 * HOUR, fromMs + 90 * HOUR]) {
      expect(await part.past(atMs, null)).toEqual(await whole.past(atMs, null));
    }
    expect((await part.facts()).transitions).toBeLessThan((await whole.facts()).transitions);
    for (const reader of [whole, part]) await reader.close();
  });

  test('is not written over, nor half written by a file that was cut', async () => {
    const place = await someRecord(await places.empty(kind), 14);
    const [before, after, damaged] = [file('before.jsonl'), file('after.jsonl'), file('damaged.jsonl')];
    await history(place, 'export', '--output', before);
    const lines = readFileSync(before, 'utf8');
    expect(await history(place, 'import', before)).toMatchObject({
      status: 2,
      said: expect.stringContaining('--replace'),
    });
    for (const text of [
      lines.slice(0, -20),
      lines.slice(0, lines.length / 2),
      lines.replace('["subject",', '["x",'),
      '',
      '{}\n',
    ]) {
      writeFileSync(damaged, text);
      expect((await history(place, 'import', damaged, '--replace')).status).toBe(2);
    }
    expect((await history(place, 'import', '--replace', file('not-there'))).said).toContain('cannot be read');
    expect((await history(place, 'import', before, '--replace')).status).toBe(0);
    expect((await history(place, 'vacuum')).status).toBe(0);
    await history(place, 'export', '--output', after);
    expect(readFileSync(after, 'utf8')).toBe(lines);
  });

  test('is left alone while a Lictor writes it, and can be read beside it', async () => {
    const place = await someRecord(await places.empty(kind), 15);
    const writer = new LastingWriter(place, () => {});
    await writer.takePen('running');
    let aliveMs = Date.now();
    const beat = () => {
      aliveMs += 100;
      return writer.append({ transitions: [], gaps: [], aliveMs });
    };
    await beat();
    const beating = setInterval(() => void beat(), 100);
    try {
      for (const verb of [['vacuum'], ['import', file('whatever')]])
        expect((await history(place, ...verb)).status).toBe(2);
      expect((await history(place, 'verify')).status).toBe(0);
      expect((await history(place, 'export', '--output', file('beside.jsonl'))).status).toBe(0);
    } finally {
      clearInterval(beating);
      await writer.close();
    }
  });
});

test('verify finds what is not as it should be', async () => {
  const damage = [
    ['roll-ups', `update roll_up set counts = replace(counts, '[0,', '[9,')`],
    ['references', 'delete from text where id = (select to_id from transition where kind = 1 limit 1)'],
    ['ids and times', 'delete from transition where id = 30'],
    ['gaps', 'update gap set to_ms = 5'],
  ] as const;
  for (const [what, statement] of damage) {
    const folder = places.folder();
    const place = await someRecord({ kind: 'sqlite', folder }, 16);
    const sqlite = new Sqlite(join(folder, 'history.sqlite'));
    sqlite.exec(statement);
    sqlite.close();
    const { status, said } = await history(place, 'verify');
    expect([status, said]).toEqual([1, expect.stringMatching(new RegExp(`^${what}: (?!sound)`, 'm'))]);
  }
});

test('the command says what it takes, and exports a table', async () => {
  const place = await someRecord(await places.empty('sqlite'), 17);
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [projectPath('scripts/run.mjs'), 'history', ...args], {
      env: { ...process.env, ...environment(place) },
      encoding: 'utf8',
    });
  expect(run('frobnicate')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('export') });
  const { status, stdout } = run('export', '--format', 'csv');
  expect([status, stdout.split('\r\n')[0]]).toEqual([0, expect.stringMatching(/^id,observedAt,/)]);
  for (const args of [
    ['export', '--from', 'yesterday'],
    ['export', '--to', '2026-03-29T00:00:00Z'],
    ['export', '--format', 'csv', '--from', '2026-03-29T00:00:00Z', '--to', '2026-03-28T00:00:00Z'],
    ['import'],
    ['verify', 'x'],
  ]) {
    expect((await history(place, ...args)).status).toBe(2);
  }
  expect((await history({ kind: 'sqlite', folder: places.folder() }, 'export')).status).toBe(2);
});

import { mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tokenSource } from './token-source';

const dir = mkdtempSync(join(tmpdir(), 'lictor-token-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('a token file that changes is picked up, and one that is away for a moment loses nothing', () => {
  const path = join(dir, 'token');
  let nowMs = 0;
  writeFileSync(path, 'first\n');
  const token = tokenSource(null, path, () => nowMs);
  expect(token()).toBe('first');
  writeFileSync(path, 'second\n');
  utimesSync(path, 1, 1);
  expect(token()).toBe('first');
  nowMs = 1_000;
  expect(token()).toBe('second');
  unlinkSync(path);
  nowMs = 2_000;
  expect(token()).toBe('second');
});

test('a token that is given comes before its file', () => {
  expect(tokenSource('given', join(dir, 'absent'))()).toBe('given');
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { onlyOne } from './only-one.mjs';

describe('work that must not run twice at once', () => {
  let lockFile: string;

  beforeEach(() => {
    lockFile = join(mkdtempSync(join(tmpdir(), 'lictor-lock-')), 'lock');
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(join(lockFile, '..'), { recursive: true });
  });

  test('holds a lock that names its process while it runs, and none after it, even when it fails', async () => {
    expect(await onlyOne(async () => readFileSync(lockFile, 'utf8'), lockFile)).toBe(String(process.pid));
    expect(existsSync(lockFile)).toBe(false);
    const failing = onlyOne(async () => {
      throw new Error('no');
    }, lockFile);
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(lockFile)).toBe(false);
  });

  test('waits for the one that runs, and says so', async () => {
    const order: string[] = [];
    const first = onlyOne(async () => {
      order.push('first begins');
      await vi.waitFor(() => expect(console.log).toHaveBeenCalledWith(expect.stringContaining('Waiting for another')));
      order.push('first ends');
    }, lockFile);
    const second = onlyOne(async () => order.push('second begins'), lockFile);
    await Promise.all([first, second]);
    expect(order).toEqual(['first begins', 'first ends', 'second begins']);
  });

  test('does not wait for a process that is gone', async () => {
    // Beyond the largest number that Linux gives to a process.
    writeFileSync(lockFile, '4194305');
    expect(await onlyOne(async () => 'done', lockFile)).toBe('done');
  });
});

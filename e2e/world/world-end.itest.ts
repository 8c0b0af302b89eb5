import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { isAlive } from './process-alive';
import { startWorld } from './start-world';
import { until } from './until';

test('a start that is given up leaves nothing', async () => {
  const before = worldFolders();
  const signal = AbortSignal.timeout(1_500);
  await expect(startWorld({ datacenters: 2, signal })).rejects.toThrow(/timeout/);
  expect(worldFolders()).toEqual(before);
});

test('a world ends with its process, even when that is killed with SIGKILL', async () => {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const program = fileURLToPath(new URL('./world-holder.ts', import.meta.url));
  const holder = spawn(process.execPath, ['--import', loader, program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const told = await new Promise<string>((resolve, reject) => {
    holder.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    holder.once('exit', (status) => reject(new Error(`The holder ended with status ${status}.`)));
  });
  const { pids, folder } = JSON.parse(told) as { pids: number[]; folder: string };
  expect(pids.filter(isAlive)).toEqual(pids);
  holder.kill('SIGKILL');
  await until('every process to end', () => !pids.some(isAlive));
  await until('its folder to go', () => !existsSync(folder));
});

/** Of this process's worlds alone: others may run on the machine. */
function worldFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`lictor-world-${process.pid}-`));
}

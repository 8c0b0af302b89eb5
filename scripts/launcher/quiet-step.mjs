// @ts-check
import { spawn } from 'node:child_process';
import { endTogether } from './end-together.mjs';
import { projectRoot } from './project.mjs';
import { secondsSince } from './run-logged.mjs';

/** @typedef {{ title: string, commands: [command: string, ...args: string[]][] }} QuietStep */

/**
 * Runs its commands one after the other, prints one line with the time it took, and the output only when one of them fails.
 * @param {QuietStep} step
 * @returns {Promise<boolean>} whether all ended with status 0
 */
export async function runQuietStep({ title, commands }) {
  const startedAt = Date.now();
  for (const [command, ...args] of commands) {
    const { ok, output } = await capture(command, args);
    if (ok) continue;
    console.log(`✗ ${title} (${secondsSince(startedAt)})\n${output.trimEnd()}`);
    return false;
  }
  console.log(`✓ ${title} (${secondsSince(startedAt)})`);
  return true;
}

/**
 * @param {string} command @param {string[]} args
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function capture(command, args) {
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const chunks = [];
    const child = spawn(command, args, {
      cwd: projectRoot,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    endTogether(child);
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.once('error', (error) => resolve({ ok: false, output: `${command} could not be started: ${error.message}` }));
    child.once('close', (status) => resolve({ ok: status === 0, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { endTogether } from './end-together.mjs';
import { LaunchError } from './launch-error.mjs';
import { projectPath, projectRoot } from './project.mjs';

const WORD_EVERY_MS = 15_000;
const TAIL_LINES = 30;

/** @param {number} startedAt ms of `Date.now()` */
export function secondsSince(startedAt) {
  const seconds = (Date.now() - startedAt) / 1000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

/** The last lines of a log file. @param {string} file */
function logTail(file) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

/**
 * Runs a long step whose output nobody needs unless it fails: one line when it starts, one each 15 s while it lasts, one when it is done.
 * The output goes to `.cache/logs/<log>.log`.
 *
 * @param {{ title: string, log: string, command: string, args: string[], cwd?: string, env?: Record<string, string | undefined>, remedy?: string }} step
 * @returns {Promise<void>} rejects with a LaunchError that holds the log's last lines
 */
export async function runLogged(step) {
  mkdirSync(projectPath('.cache/logs'), { recursive: true });
  const logFile = projectPath('.cache/logs', `${step.log}.log`);
  const output = openSync(logFile, 'w');
  const startedAt = Date.now();
  console.log(`${step.title} …`);
  const reminder = setInterval(
    () => console.log(`  still at it after ${secondsSince(startedAt)} (${step.title.toLowerCase()})`),
    WORD_EVERY_MS,
  );
  try {
    await finished(step, output);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = step.remedy === undefined ? '' : `\n${step.remedy}`;
    throw new LaunchError(`${step.title} failed: ${reason}. The end of ${logFile}:\n${logTail(logFile)}${remedy}`);
  } finally {
    clearInterval(reminder);
    closeSync(output);
  }
  console.log(`  done in ${secondsSince(startedAt)}`);
}

/**
 * @param {{ command: string, args: string[], cwd?: string, env?: Record<string, string | undefined> }} step
 * @param {number} output file descriptor for both streams
 * @returns {Promise<void>}
 */
function finished(step, output) {
  return new Promise((resolve, reject) => {
    const child = spawn(step.command, step.args, {
      cwd: step.cwd ?? projectRoot,
      env: { ...process.env, ...step.env },
      stdio: ['ignore', output, output],
    });
    endTogether(child);
    child.once('error', reject);
    child.once('close', (status, signal) => {
      if (status === 0) resolve();
      else reject(new Error(signal === null ? `${step.command} ended with status ${status}` : `ended by ${signal}`));
    });
  });
}

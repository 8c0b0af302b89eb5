// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ENDING_SIGNALS } from './end-together.mjs';
import { projectRoot } from './project.mjs';

/** A Ctrl-C can arrive twice at once, from the terminal and from npm; pressed a second time, it comes later than this. */
const SAME_SIGNAL_WITHIN_MS = 300;

/** @type {NodeJS.Signals | null} */
let received = null;

/** The signal that ended, or is to end, what ran here: whatever would follow it is not begun. */
export const endingSignal = () => received;

/**
 * Runs a program in this terminal until it ends. It leads a process group of its own and gets each signal from here, once: a Ctrl-C reaches a whole
 * group, and a server that gets it twice takes the second for impatience. It also gets an IPC channel, whose end tells it that this process is gone.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<number>} its exit status, 128 and the signal's number if a signal ended it
 */
export function runProgram(command, args, { env = process.env } = {}) {
  const child = spawn(command, args, {
    cwd: projectRoot,
    env: /** @type {NodeJS.ProcessEnv} */ (env),
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let lastAtMs = Number.NEGATIVE_INFINITY;
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    if (performance.now() - lastAtMs < SAME_SIGNAL_WITHIN_MS) return;
    lastAtMs = performance.now();
    received = signal;
    child.kill(signal);
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      for (const forwarded of ENDING_SIGNALS) process.off(forwarded, forward);
      if (child.connected) child.disconnect();
      resolve(signal === null ? (status ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

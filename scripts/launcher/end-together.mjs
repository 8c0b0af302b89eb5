// @ts-check
import { constants } from 'node:os';

/** @type {NodeJS.Signals[]} */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * For a step's process, which works in this process's group: a signal that ends the launcher ends it too, even when it was sent to the launcher alone.
 * @param {import('node:child_process').ChildProcess} child
 */
export function endTogether(child) {
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    child.kill(signal);
    // Not at once: steps that run side by side have a listener each.
    setImmediate(() => process.exit(128 + constants.signals[signal]));
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, end);
  child.once('close', () => {
    for (const signal of ENDING_SIGNALS) process.off(signal, end);
  });
}

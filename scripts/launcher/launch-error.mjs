// @ts-check

/** Exit status for what the user has to mend first: a missing package, a wrong flag, a taken port. */
export const EXIT_USAGE = 2;

/** A failure that is told in its own words, without a stack: what is missing, and what to do about it. */
export class LaunchError extends Error {
  /**
   * @param {string} message
   * @param {number} [exitStatus]
   */
  constructor(message, exitStatus = EXIT_USAGE) {
    super(message);
    this.name = 'LaunchError';
    this.exitStatus = exitStatus;
  }
}

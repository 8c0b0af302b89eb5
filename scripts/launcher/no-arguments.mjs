// @ts-check
import { LaunchError } from './launch-error.mjs';

/** For a command that takes none. @param {string} command @param {string[]} args */
export function refuseArguments(command, args) {
  if (args.length > 0) throw new LaunchError(`npm run ${command} takes no arguments, but got: ${args.join(' ')}`);
}

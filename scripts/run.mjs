// @ts-check
// The one launcher behind the npm scripts. It runs before any package is installed, so it and all it imports are plain JavaScript on Node's own modules.
import { bench } from './launcher/bench.mjs';
import { build } from './launcher/build.mjs';
import { check } from './launcher/check.mjs';
import { demo } from './launcher/demo.mjs';
import { history } from './launcher/history.mjs';
import { EXIT_USAGE, LaunchError } from './launcher/launch-error.mjs';
import { start } from './launcher/start.mjs';
import { test } from './launcher/test.mjs';
import { watchParent } from './launcher/watch-parent.mjs';

/** Each takes the arguments after its name and resolves with the exit status. @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = { bench, build, check, demo, history, start, test };

watchParent();
const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  console.error(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);
  process.exitCode = EXIT_USAGE;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    console.error(error.message);
    process.exitCode = error.exitStatus;
  }
}

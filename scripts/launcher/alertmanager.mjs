// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { LaunchError } from './launch-error.mjs';
import { projectPath } from './project.mjs';
import { unpackedPackage } from './unpacked-package.mjs';

const NAME = 'prometheus-alertmanager';
const PROGRAM = `usr/bin/${NAME}`;

/** Where Debian's build looks for its templates, without which it does not start. */
const TEMPLATES = '/usr/share/prometheus/alertmanager';

const { need, find } = unpackedPackage({
  title: 'Alertmanager',
  packageName: NAME,
  program: PROGRAM,
  // It needs libc alone.
  withLibraries: false,
  atHome: readTemplatesFromItsFolder,
});

/** The world's Alertmanager, to which Lictor sends its alerts. */
export const alertmanager = need;

/** `cwd`: where it has to run; null: anywhere. */
export function findAlertmanager() {
  const found = find();
  if (found === null) return null;
  const unpacked = projectPath('.cache', NAME);
  return { ...found, cwd: found.command.startsWith(`${unpacked}/`) ? unpacked : null };
}

/** The path of the templates is built in: as long as before and without its first slash it counts from where the program runs. @param {string} folder */
function readTemplatesFromItsFolder(folder) {
  const file = `${folder}/${PROGRAM}`;
  const program = readFileSync(file, 'latin1');
  if (!program.includes(TEMPLATES)) {
    throw new LaunchError(
      `The Alertmanager of this machine's suite is built otherwise than Lictor knows it. Install ${NAME} by hand and run this again.`,
    );
  }
  writeFileSync(file, program.replaceAll(TEMPLATES, `${TEMPLATES.slice(1)}/`), 'latin1');
}

// @ts-check
import { fileURLToPath } from 'node:url';

/** The project's root, wherever the launcher was called from. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

/** A file or folder of the project, as an absolute path. @param {string[]} parts */
export function projectPath(...parts) {
  return [projectRoot, ...parts].join('/');
}

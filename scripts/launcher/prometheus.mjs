// @ts-check
import { dirname, join } from 'node:path';
import { isExecutable } from './find-on-path.mjs';
import { unpackedPackage } from './unpacked-package.mjs';

const { need, find } = unpackedPackage({
  title: 'Prometheus',
  packageName: 'prometheus',
  program: 'usr/bin/prometheus',
  withLibraries: false,
});

/** The world's Prometheus, which tells what traffic really did. It needs libc alone; what else its package needs are pages that nobody opens here. */
export const prometheus = need;
export const findPrometheus = find;

/** What comes with Prometheus, and judges rules. Null: it is not there. */
export function findPromtool() {
  const found = find();
  if (found === null) return null;
  const command = join(dirname(found.command), 'promtool');
  return isExecutable(command) ? { ...found, command } : null;
}

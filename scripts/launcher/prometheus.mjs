// @ts-check
import { unpackedPackage } from './unpacked-package.mjs';

/** The world's Prometheus, which tells what traffic really did. It needs libc alone; what else its package needs are pages that nobody opens here. */
export const { need: prometheus, find: findPrometheus } = unpackedPackage({
  title: 'Prometheus',
  packageName: 'prometheus',
  program: 'usr/bin/prometheus',
  withLibraries: false,
});

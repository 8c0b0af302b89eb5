// @ts-check
import { unpackedPackage } from './unpacked-package.mjs';

/** The world's Alertmanager, to which Lictor sends its alerts. It needs libc alone. */
export const { need: alertmanager, find: findAlertmanager } = unpackedPackage({
  title: 'Alertmanager',
  packageName: 'prometheus-alertmanager',
  program: 'usr/bin/prometheus-alertmanager',
  withLibraries: false,
});

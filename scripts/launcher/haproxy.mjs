// @ts-check
import { unpackedPackage } from './unpacked-package.mjs';

/** The world's HAProxy, which follows Consul's DNS. */
export const { need: haproxy, find: findHaproxy } = unpackedPackage({
  title: 'HAProxy',
  packageName: 'haproxy',
  program: 'usr/sbin/haproxy',
  withLibraries: true,
});

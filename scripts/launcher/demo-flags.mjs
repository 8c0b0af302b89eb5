// @ts-check
import { parseArgs } from 'node:util';
import { LaunchError } from './launch-error.mjs';

/**
 * How the demo is shaped. `port` null: 3000, or the next port that is free.
 * @typedef {{ port: number | null, datacenters: number, services: number, instances: number, tls: boolean, acl: boolean }} DemoFlags
 */

const LIMITS = {
  port: { least: 1, most: 65_535 },
  datacenters: { least: 1, most: 9 },
  services: { least: 0, most: 5_000 },
  instances: { least: 1, most: 1_000 },
};
const USAGE = 'Flags: --port N --datacenters N --services N --instances N --tls --acl.';

/**
 * @param {string[]} args
 * @returns {DemoFlags}
 * @throws {LaunchError} one sentence for a flag that does not exist or a number that is out of bounds
 */
export function parseDemoFlags(args) {
  const values = valuesOf(args);
  return {
    port: values.port === undefined ? null : wholeNumber('port', values.port),
    datacenters: wholeNumber('datacenters', values.datacenters),
    services: wholeNumber('services', values.services),
    instances: wholeNumber('instances', values.instances),
    tls: values.tls,
    acl: values.acl,
  };
}

/** @param {string[]} args */
function valuesOf(args) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        datacenters: { type: 'string', default: '3' },
        services: { type: 'string', default: '0' },
        instances: { type: 'string', default: '5' },
        tls: { type: 'boolean', default: false },
        acl: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    // Its first sentence names the flag; the rest explains how to write one that is none.
    const reason = error instanceof Error ? error.message.split(/[.\n]/)[0] : String(error);
    throw new LaunchError(`The demo cannot be started so: ${reason}. ${USAGE}`);
  }
}

/** @param {keyof typeof LIMITS} flag @param {string} text */
function wholeNumber(flag, text) {
  const { least, most } = LIMITS[flag];
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new LaunchError(`--${flag} takes a whole number from ${least} to ${most}, not "${text}".`);
}

import { parseArgs } from 'node:util';

/** How the demo is shaped; see the README. */
export interface DemoFlags {
  /** Null: 3000, or the next port that is free. */
  port: number | null;
  datacenters: number;
  services: number;
  instances: number;
  tls: boolean;
  acl: boolean;
}

const LIMITS = {
  port: { least: 1, most: 65_535 },
  datacenters: { least: 1, most: 9 },
  services: { least: 0, most: 5_000 },
  instances: { least: 1, most: 1_000 },
} as const;

/** @throws an Error with one sentence for a flag that does not exist or a number that is out of bounds. */
export function parseDemoFlags(args: string[]): DemoFlags {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      datacenters: { type: 'string', default: '3' },
      services: { type: 'string', default: '0' },
      instances: { type: 'string', default: '5' },
      tls: { type: 'boolean', default: false },
      acl: { type: 'boolean', default: false },
    },
  });
  return {
    port: values.port === undefined ? null : wholeNumber('port', values.port),
    datacenters: wholeNumber('datacenters', values.datacenters),
    services: wholeNumber('services', values.services),
    instances: wholeNumber('instances', values.instances),
    tls: values.tls,
    acl: values.acl,
  };
}

function wholeNumber(flag: keyof typeof LIMITS, text: string): number {
  const { least, most } = LIMITS[flag];
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new Error(`--${flag} takes a whole number from ${least} to ${most}, not "${text}".`);
}

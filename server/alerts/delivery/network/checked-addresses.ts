import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { AllowList } from './allow-list';
import { RequestFailed } from './request-failed';

export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Every address of a name, as the system knows it. */
export type Resolve = (host: string) => Promise<readonly HostAddress[]>;

export const resolveBySystem: Resolve = (host) => systemLookup(host, { all: true });

/**
 * The addresses of a URL's host. One that may not be reached refuses them all: a name that has such an address beside others is a trap.
 * @throws RequestFailed
 */
export async function checkedAddresses(
  url: URL,
  allowed: AllowList,
  resolve: Resolve,
): Promise<readonly HostAddress[]> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const addresses = family === 0 ? await resolved(host, resolve) : [{ address: host, family }];
  for (const { address } of addresses) {
    const refusal = allowed.refusal(host, address);
    if (refusal !== null) throw new RequestFailed(refusal);
  }
  return addresses;
}

async function resolved(host: string, resolve: Resolve): Promise<readonly HostAddress[]> {
  let found: readonly HostAddress[];
  try {
    found = await resolve(host);
  } catch (error) {
    const { code = 'it failed' } = error as NodeJS.ErrnoException;
    throw new RequestFailed(`its name could not be looked up (${code}); correct the name or the DNS`);
  }
  if (found.length === 0) throw new RequestFailed('its name has no address; correct the name or the DNS');
  return found;
}

/** For a connection that goes to what was checked: a name that is looked up once more may have another address by then. */
export function lookupOf(addresses: readonly HostAddress[]): LookupFunction {
  return (_host, options, callback) => {
    if (options.all === true) {
      callback(null, [...addresses]);
      return;
    }
    const [first] = addresses;
    callback(null, first?.address ?? '', first?.family ?? 4);
  };
}

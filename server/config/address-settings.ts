import { isDeepStrictEqual } from 'node:util';
import { type ConsulSettings, consulSettings, parseAddress } from './consul-address';
import { type DatacenterEntry, type DatacentersFile, readDatacentersFile } from './datacenters-file';
import { fileTls } from './file-tls';
import { SettingsError } from './settings-error';
import { contentsOf, type Environment, whole } from './variables';

/** One datacenter and the token with which it is read. */
interface DatacenterSettings {
  readonly name: string;
  readonly token: string | null;
  readonly tokenFile: string | null;
}

/** One Consul address. Its token is for what belongs to no datacenter. */
export interface AddressSettings extends ConsulSettings {
  /** Null: half of what the agent allows. */
  readonly maxConnections: number | null;
  /** What is read here; null: every datacenter that Consul names, with the address's token. */
  readonly datacenters: readonly DatacenterSettings[] | null;
}

/**
 * Every Consul address: that of the `CONSUL_*` variables, or those of the file of `LICTOR_DATACENTERS`, each once, however many datacenters it serves.
 * @throws SettingsError
 */
export function addressSettings(env: Environment): readonly AddressSettings[] {
  const base = consulSettings(env);
  const maxConnections = whole(env, 'LICTOR_CONSUL_MAX_CONNECTIONS', 16, 10_000);
  const file = readDatacentersFile(env);
  if (file === null) return [{ ...base, maxConnections, datacenters: null }];
  const addresses = new Map<string, AddressSettings>();
  for (const [name, entry] of Object.entries(file.entries)) {
    const own = { ...entryConnection(file, name, entry, base), maxConnections: entry.maxConnections ?? null };
    const { token, tokenFile } = own;
    const known = addresses.get(own.address);
    const datacenters = [...(known?.datacenters ?? []), { name, token, tokenFile }];
    addresses.set(
      own.address,
      known ? { ...sharedAddress(file, name, known, own), datacenters } : { ...own, datacenters },
    );
  }
  return [...addresses.values()].map((address) => ({
    ...address,
    maxConnections: address.maxConnections ?? maxConnections,
  }));
}

function entryConnection(
  file: DatacentersFile,
  name: string,
  entry: DatacenterEntry,
  base: ConsulSettings,
): ConsulSettings {
  const setting = (field: string) => file.setting(`${name}.${field}`);
  const path = (relative: string | undefined) => (relative === undefined ? null : file.resolve(relative));
  const tokenFile = path(entry.tokenFile);
  if (tokenFile !== null) contentsOf(setting('tokenFile'), tokenFile);
  const hasToken = entry.token !== undefined || tokenFile !== null;
  const own = { token: entry.token ?? null, tokenFile };
  // The variables' token is for the variables' address: sent to another, it would be given to strangers.
  if (entry.address === undefined) return { ...base, ...(hasToken && own) };
  return {
    ...parseAddress(setting('address'), entry.address, false),
    ...own,
    tls: fileTls(entry.tls, path, (field) => setting(`tls.${field}`)),
  };
}

/** The address that another datacenter already named, which must be the same one: it has one pool of connections. */
function sharedAddress(
  file: DatacentersFile,
  name: string,
  known: AddressSettings,
  own: Omit<AddressSettings, 'datacenters'>,
): AddressSettings {
  const other = known.datacenters?.[0]?.name;
  const differ = (what: string) =>
    new SettingsError(file.setting(name), `has the address of ${other} and other ${what}: one address takes one.`);
  if (!isDeepStrictEqual(known.tls, own.tls)) throw differ('tls');
  if (known.basicAuth !== own.basicAuth) throw differ('user information');
  const given = own.maxConnections !== null && known.maxConnections !== null;
  if (given && own.maxConnections !== known.maxConnections) throw differ('maxConnections');
  return { ...known, maxConnections: known.maxConnections ?? own.maxConnections };
}

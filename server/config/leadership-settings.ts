import type { AddressSettings } from './address-settings';
import { SettingsError } from './settings-error';
import { type Environment, fileContents, flag, text } from './variables';

/** With what, and where, Lictor writes to Consul by itself. */
export interface LeadershipSettings {
  /** Read again when it changes; null: without a token of its own it writes only where ACLs are off. */
  readonly writeTokenFile: string | null;
  /** Where Lictor's own keys are; null: the primary datacenter. */
  readonly homeDatacenter: string | null;
  /** It never writes to Consul. */
  readonly readOnly: boolean;
}

/** @throws SettingsError also where `LICTOR_DATACENTERS` does not name the home datacenter. */
export function leadershipSettings(env: Environment, addresses: readonly AddressSettings[]): LeadershipSettings {
  // Read once here so that a wrong path is a start-up error.
  fileContents(env, 'LICTOR_WRITE_TOKEN_FILE');
  return {
    writeTokenFile: text(env, 'LICTOR_WRITE_TOKEN_FILE'),
    homeDatacenter: homeDatacenter(text(env, 'LICTOR_HOME_DATACENTER'), addresses),
    readOnly: flag(env, 'LICTOR_READ_ONLY', false),
  };
}

function homeDatacenter(name: string | null, addresses: readonly AddressSettings[]): string | null {
  if (name === null) return null;
  if (!/^[a-z0-9_-]+$/.test(name)) {
    throw new SettingsError('LICTOR_HOME_DATACENTER', `is "${name}"; it takes the name of one datacenter (dc1).`);
  }
  const isRead = addresses.some(({ datacenters }) => datacenters?.some((one) => one.name === name) ?? true);
  if (isRead) return name;
  throw new SettingsError('LICTOR_HOME_DATACENTER', `is ${name}, which the file of LICTOR_DATACENTERS does not name.`);
}

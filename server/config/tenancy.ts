import { SettingsError } from './settings-error';
import { type Environment, text } from './variables';

/** What of an Enterprise Consul is read; null: what Consul takes by itself. */
export interface TenancySettings {
  readonly namespace: string | null;
  readonly partition: string | null;
}

/** `CONSUL_NAMESPACE` and `CONSUL_PARTITION`: one of each a process. */
export function tenancySettings(env: Environment): TenancySettings {
  return { namespace: tenant(env, 'CONSUL_NAMESPACE'), partition: tenant(env, 'CONSUL_PARTITION') };
}

function tenant(env: Environment, name: string): string | null {
  const value = text(env, name);
  // A wildcard would mix services of one name from several namespaces.
  if (value === null || /^[A-Za-z0-9_-]{1,64}$/.test(value)) return value;
  throw new SettingsError(name, `is "${value}"; it takes one name of letters, digits, - and _.`);
}

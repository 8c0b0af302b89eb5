import { type AddressSettings, addressSettings } from './address-settings';
import { type AlertmanagerSettings, alertmanagerSettings } from './alertmanager-settings';
import { type ConfigFile, readConfigFile } from './config-file';
import { type RecordPlace, recordPlace } from './history-settings';
import { type LeadershipSettings, leadershipSettings } from './leadership-settings';
import { type ListenSettings, listenSettings } from './listen';
import { type PrometheusSettings, prometheusSettings } from './prometheus-settings';
import { SettingsError } from './settings-error';
import { type TenancySettings, tenancySettings } from './tenancy';
import { traceUrl } from './trace-url';
import { type Environment, oneOf, text } from './variables';

export interface Settings {
  readonly listen: ListenSettings;
  /** At least one. */
  readonly addresses: readonly AddressSettings[];
  readonly tenancy: TenancySettings;
  readonly leadership: LeadershipSettings;
  /** Where the history is kept. */
  readonly recordPlace: RecordPlace;
  /** Null: real traffic is not observed. */
  readonly prometheus: PrometheusSettings | null;
  /** Empty: alerts go to none. */
  readonly alertmanagers: readonly AlertmanagerSettings[];
  /** The template of links to where traces are kept; null: none is known. */
  readonly traceUrl: string | null;
  readonly logLevel: LogLevel;
  readonly file: ConfigFile;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** Named in the public contract, built by later issues: set, they would be ignored without a word. */
const NOT_YET = ['LICTOR_OIDC_ISSUER', 'LICTOR_ROLES'] as const;

/** All settings from the environment. Throws a `SettingsError` at the first value that cannot be used. */
export function readSettings(env: Environment): Settings {
  for (const name of NOT_YET) {
    if (text(env, name) !== null)
      throw new SettingsError(name, 'is set, but this version of Lictor has no use for it yet.');
  }
  const auth = oneOf(env, 'LICTOR_AUTH', ['none', 'consul', 'oidc'], 'none');
  if (auth !== 'none') throw new SettingsError('LICTOR_AUTH', `is ${auth}; this version of Lictor knows none alone.`);
  const addresses = addressSettings(env);
  return {
    listen: listenSettings(env, false),
    addresses,
    tenancy: tenancySettings(env),
    leadership: leadershipSettings(env, addresses),
    recordPlace: recordPlace(env),
    prometheus: prometheusSettings(env),
    alertmanagers: alertmanagerSettings(env),
    traceUrl: traceUrl(env),
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    file: readConfigFile(env),
  };
}

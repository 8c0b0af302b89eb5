import { z } from 'zod';
import { type AgentSettings, agentSettings, agentsSchema } from './agents-settings';
import { type AlertsSettings, alertsSchema, alertsSettings } from './alerts-settings';
import { kvPrefix } from './key-settings';
import { observedSchema } from './observed-settings';
import { SettingsError } from './settings-error';
import { topologySchema } from './topology-settings';
import { type Environment, fileContents } from './variables';

const days = z.int().min(1).max(3_650);

/** Everything in `LICTOR_CONFIG`, one JSON file. An unknown key is an error: a misspelt threshold must not be ignored. */
const configFileSchema = z.strictObject({
  version: z
    .strictObject({
      /** Keys of an instance's metadata that may hold its version, the first found wins. */
      metaKeys: z.array(z.string().min(1)).min(1).default(['version']),
    })
    .prefault({}),
  /** When what Consul's answers leave out is not taken for gone before that is confirmed. */
  massDisappearance: z
    .strictObject({
      /** Of a datacenter's instances, or of its nodes. */
      share: z.number().gt(0).max(1).default(0.3),
      withinMs: z.int().min(100).max(60_000).default(5_000),
      /** Fewer are never a mass. */
      least: z.int().min(1).default(5),
    })
    .prefault({}),
  history: z
    .strictObject({
      /** How long each kind of record is kept, days. */
      retentionDays: z
        .strictObject({
          transitions: days.default(30),
          minutes: days.default(30),
          hours: days.default(365),
          days: days.default(365),
        })
        .prefault({}),
      /** Of the whole; above it the oldest transitions go. */
      maxBytes: z.int().min(64_000_000).default(4_000_000_000),
      /** Keys of Consul's store whose changes are kept: all that begin with one of these. Each costs a waiting query in every datacenter. */
      kvPrefixes: z.array(kvPrefix).max(20, { error: 'takes 20 prefixes at most' }).default([]),
    })
    .prefault({}),
  release: z
    .strictObject({
      /** Agents at which the weights of their own instances may be written. */
      agents: agentsSchema,
      /** How real traffic is counted. */
      observed: observedSchema,
      /** Before a service's name: the key of its policy document, in its own datacenter. */
      policyPrefix: kvPrefix.default('lictor/traffic/'),
    })
    .prefault({}),
  alerts: alertsSchema,
  topology: topologySchema,
});
type Parsed = z.infer<typeof configFileSchema>;

/** Paths in it are absolute. */
export interface ConfigFile extends Omit<Parsed, 'release' | 'alerts'> {
  readonly alerts: AlertsSettings;
  readonly release: Omit<Parsed['release'], 'agents'> & { readonly agents: readonly AgentSettings[] };
}

export function readConfigFile(env: Environment): ConfigFile {
  const file = fileContents(env, 'LICTOR_CONFIG');
  if (!file) return withPaths(configFileSchema.parse({}), '');
  let json: unknown;
  try {
    json = JSON.parse(file.contents);
  } catch {
    // The parser's own message quotes what stands around the fault, which may be the URL of a webhook.
    throw new SettingsError('LICTOR_CONFIG', `names ${file.path}, which is not JSON.`);
  }
  const parsed = configFileSchema.safeParse(json);
  if (parsed.success) return withPaths(parsed.data, file.path);
  const [issue] = parsed.error.issues;
  throw new SettingsError(
    'LICTOR_CONFIG',
    `names ${file.path}: ${issue?.path.join('.') || 'top level'}: ${issue?.message}`,
  );
}

function withPaths({ release, alerts, ...others }: Parsed, file: string): ConfigFile {
  return {
    ...others,
    release: { ...release, agents: agentSettings(release.agents, file) },
    alerts: alertsSettings(alerts, file),
  };
}

import { z } from 'zod';
import { SettingsError } from './settings-error';
import { type Environment, fileContents } from './variables';

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
});
export type ConfigFile = z.infer<typeof configFileSchema>;

export function readConfigFile(env: Environment): ConfigFile {
  const file = fileContents(env, 'LICTOR_CONFIG');
  if (!file) return configFileSchema.parse({});
  let json: unknown;
  try {
    json = JSON.parse(file.contents);
  } catch (error) {
    throw new SettingsError('LICTOR_CONFIG', `names ${file.path}, which is not JSON: ${(error as Error).message}`);
  }
  const parsed = configFileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SettingsError(
    'LICTOR_CONFIG',
    `names ${file.path}: ${issue?.path.join('.') || 'top level'}: ${issue?.message}`,
  );
}

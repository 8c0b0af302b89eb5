import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { filePath, fileTlsSchema } from './file-tls';
import { SettingsError } from './settings-error';
import { contentsOf, type Environment, text } from './variables';

const entrySchema = z
  .strictObject({
    /** As `CONSUL_HTTP_ADDR` takes it; absent: that of the `CONSUL_*` variables, with all that belongs to it. */
    address: z.string().min(1).optional(),
    token: z.string().min(1).optional(),
    tokenFile: filePath.optional(),
    tls: fileTlsSchema.optional(),
    /** Connections to this entry's address. */
    maxConnections: z.int().min(16).max(10_000).optional(),
  })
  .refine(({ token, tokenFile }) => token === undefined || tokenFile === undefined, {
    error: 'has both a token and a tokenFile: give one',
  })
  .refine(({ address, tls }) => address !== undefined || tls === undefined, {
    error: 'has tls without an address of its own: the CONSUL_* variables say it for theirs',
  });

const fileSchema = z
  .record(
    // A name that Consul cannot have would be asked for in vain for ever.
    z.string().regex(/^[a-z0-9_-]+$/, { error: 'is no name of a datacenter (lower case letters, digits, - and _)' }),
    entrySchema,
  )
  .refine((entries) => Object.keys(entries).length > 0, { error: 'names no datacenter' });

export type DatacenterEntry = z.infer<typeof entrySchema>;

/** The file of `LICTOR_DATACENTERS`. */
export interface DatacentersFile {
  readonly entries: Readonly<Record<string, DatacenterEntry>>;
  /** What an error about a place in it names: the variable and the place. */
  setting(place: string): string;
  /** Paths in it count from its own folder. */
  resolve(path: string): string;
}

/**
 * Null where the variable is not set. No error repeats a value: the file may hold tokens.
 * @throws SettingsError
 */
export function readDatacentersFile(env: Environment): DatacentersFile | null {
  const file = text(env, 'LICTOR_DATACENTERS');
  if (file === null) return null;
  const contents = contentsOf('LICTOR_DATACENTERS', file);
  let json: unknown;
  try {
    json = JSON.parse(contents);
  } catch {
    // The parser's own message quotes what stands around the fault.
    throw new SettingsError('LICTOR_DATACENTERS', `names ${file}, which is not JSON.`);
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) throw new SettingsError('LICTOR_DATACENTERS', `names ${file}: ${problemIn(parsed.error)}.`);
  return {
    entries: parsed.data,
    setting: (place) => `LICTOR_DATACENTERS (${file}: ${place})`,
    resolve: (relative) => resolve(dirname(file), relative),
  };
}

function problemIn({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'it does not have the expected form';
  // An issue with a key of a map says only that the key is wrong; why stands one level below.
  const message = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message;
  return `${issue.path.map(String).join('.') || 'the whole'}: ${message ?? 'is not valid'}`;
}

import { z } from 'zod';
import { type ConsulTlsSettings, triedTls } from './consul-tls';

/** Path of a file, as a JSON file of settings gives it. */
export const filePath = z.string().min(1);

/** `tls` of one connection in a JSON file of settings. */
export const fileTlsSchema = z.strictObject({
  verify: z.boolean().default(true),
  caFile: filePath.optional(),
  caPath: filePath.optional(),
  certFile: filePath.optional(),
  keyFile: filePath.optional(),
  serverName: z.string().min(1).optional(),
});

/**
 * The same with its files tried.
 * @param absolute paths count from the file's own folder. @param setting what an error names for a field of it: `certFile`
 * @throws SettingsError
 */
export function fileTls(
  tls: z.infer<typeof fileTlsSchema> | undefined,
  absolute: (path: string | undefined) => string | null,
  setting: (field: string) => string,
): ConsulTlsSettings {
  return triedTls(
    {
      verify: tls?.verify ?? true,
      caFile: absolute(tls?.caFile),
      caPath: absolute(tls?.caPath),
      certFile: absolute(tls?.certFile),
      keyFile: absolute(tls?.keyFile),
      serverName: tls?.serverName ?? null,
    },
    {
      caFile: setting('caFile'),
      caPath: setting('caPath'),
      certFile: setting('certFile'),
      keyFile: setting('keyFile'),
    },
  );
}

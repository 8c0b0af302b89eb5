import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { type AllowedDestination, parseAllowedDestination } from './allowed-destination';
import { filePath } from './file-tls';
import { plainUrl } from './plain-url';
import { SettingsError } from './settings-error';
import { contentsOf } from './variables';

const webhookSchema = z.strictObject({
  /** How it is named on the page, in metrics and in what is kept of it. */
  name: z.string().regex(/^[a-zA-Z0-9_.-]{1,60}$/, { error: 'takes 1 to 60 letters, digits, ., _ and -' }),
  url: z.string().min(1).max(2_000),
  /** Holds the secret of the signature. */
  secretFile: filePath.optional(),
  /** Of one try. */
  timeoutMs: z.int().min(500).max(60_000).default(10_000),
  /** After so many it is given up; with 8 that is after about an hour. */
  tries: z.int().min(1).max(12).default(8),
});

/** `alerts`: the rules' file, and where alerts go. */
export const alertsSchema = z
  .strictObject({
    rulesFile: filePath.optional(),
    webhooks: z.array(webhookSchema).max(20, { error: 'takes 20 webhooks at most' }).default([]),
    /** Hosts, addresses and networks that are not public and may be sent to all the same. */
    webhookAllow: z
      .array(
        z.string().transform((text, context): AllowedDestination => {
          const parsed = parseAllowedDestination(text);
          if (parsed) return parsed;
          context.addIssue({ code: 'custom', message: 'is no host, address or network (alerts.internal, 10.0.0.0/8)' });
          return z.NEVER;
        }),
      )
      .max(100, { error: 'takes 100 at most' })
      .default([]),
    alertmanager: z
      .strictObject({
        /** Of one request. */
        timeoutMs: z.int().min(500).max(60_000).default(10_000),
        /** What fires is told again so often, and taken for over by Alertmanager once it was not for four times as long. */
        resendMs: z.int().min(1_000).max(600_000).default(60_000),
      })
      .prefault({}),
  })
  .prefault({});

/** One webhook. */
export interface WebhookSettings {
  readonly name: string;
  /** Without user information. Its path and query may be secrets, as they are with many services: `shownUrl` is what may be shown. */
  readonly url: string;
  readonly shownUrl: string;
  /** `user:password` of HTTP basic authentication. */
  readonly basicAuth: string | null;
  /** Absolute, read again when it changes; null: what is sent is not signed. */
  readonly secretFile: string | null;
  readonly timeoutMs: number;
  readonly tries: number;
}

/** Paths are absolute. */
export interface AlertsSettings extends Omit<z.infer<typeof alertsSchema>, 'rulesFile' | 'webhooks'> {
  /** Null: rules are kept beside the record. */
  readonly rulesFile: string | null;
  readonly webhooks: readonly WebhookSettings[];
}

/**
 * The same with paths that count from the file's own folder, tried.
 * @param file of `LICTOR_CONFIG`
 * @throws SettingsError no error repeats a URL or a secret
 */
export function alertsSettings(given: z.infer<typeof alertsSchema>, file: string): AlertsSettings {
  const setting = (place: string) => `LICTOR_CONFIG (${file}: alerts.${place})`;
  const absolute = (path: string | undefined) => (path === undefined ? null : resolve(dirname(file), path));
  const rulesFile = absolute(given.rulesFile);
  // What is in it may be mended while Lictor runs; a wrong path is seldom meant.
  if (rulesFile !== null) contentsOf(setting('rulesFile'), rulesFile);
  const seen = new Map<string, number>();
  const webhooks = given.webhooks.map(({ url, secretFile, ...rest }, at) => {
    const other = seen.get(rest.name);
    if (other !== undefined) throw new SettingsError(setting(`webhooks.${at}.name`), `is that of webhooks.${other}.`);
    seen.set(rest.name, at);
    const path = absolute(secretFile);
    if (path !== null && contentsOf(setting(`webhooks.${at}.secretFile`), path).trim() === '') {
      throw new SettingsError(setting(`webhooks.${at}.secretFile`), `names ${path}, which is empty.`);
    }
    return { ...rest, ...webhookUrl(url, setting(`webhooks.${at}.url`)), secretFile: path };
  });
  return { ...given, rulesFile, webhooks };
}

function webhookUrl(text: string, setting: string): Pick<WebhookSettings, 'url' | 'shownUrl' | 'basicAuth'> {
  const parts = plainUrl(text);
  if (parts === null) throw new SettingsError(setting, 'is not of the form http(s)://host:port/path.');
  if (parts.basicAuth === undefined) {
    throw new SettingsError(setting, 'has a user or a password that is not percent-encoded right.');
  }
  const url = new URL(text);
  url.username = '';
  url.password = '';
  const hides = url.pathname !== '/' || url.search !== '';
  return { url: url.href, shownUrl: hides ? `${url.origin}/…` : url.origin, basicAuth: parts.basicAuth };
}

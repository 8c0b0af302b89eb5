import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { parseAddress } from './consul-address';
import type { ConsulTlsSettings } from './consul-tls';
import { filePath, fileTls, fileTlsSchema } from './file-tls';
import { SettingsError } from './settings-error';
import { contentsOf } from './variables';

const agentSchema = z.strictObject({
  datacenter: z.string().regex(/^[a-z0-9_-]+$/, {
    error: 'is no name of a datacenter (lower case letters, digits, - and _)',
  }),
  /** The agent's name in the catalog. */
  node: z.string().min(1),
  /** As `CONSUL_HTTP_ADDR` takes it. */
  address: z.string().min(1),
  /** Holds the token that owns the registrations there. */
  tokenFile: filePath.optional(),
  tls: fileTlsSchema.optional(),
});

/** `release.agents`: agents at which the weights of their own instances may be written. */
export const agentsSchema = z.array(agentSchema).max(2_000, { error: 'takes 2,000 agents at most' }).default([]);

/** An agent that was opted in: it owns its instances' registrations, and Lictor may change their weights there. */
export interface AgentSettings {
  readonly datacenter: string;
  readonly node: string;
  /** `http(s)://host:port` or `unix:///path`; without user information. */
  readonly address: string;
  /** `user:password` of HTTP basic authentication. */
  readonly basicAuth: string | null;
  /** Read again when it changes; null: only where ACLs are off. */
  readonly tokenFile: string | null;
  readonly tls: ConsulTlsSettings;
}

/**
 * The same with paths that count from the file's own folder, tried.
 * @param file of `LICTOR_CONFIG`
 * @throws SettingsError also where an agent is named twice; no error repeats a secret
 */
export function agentSettings(entries: z.infer<typeof agentsSchema>, file: string): readonly AgentSettings[] {
  const seen = new Map<string, number>();
  return entries.map((entry, at) => {
    const setting = (field: string) => `LICTOR_CONFIG (${file}: release.agents.${at}${field})`;
    const name = JSON.stringify([entry.datacenter, entry.node]);
    const other = seen.get(name);
    if (other !== undefined) {
      throw new SettingsError(setting(''), `names the same datacenter and node as release.agents.${other}: give one.`);
    }
    seen.set(name, at);
    return agentOf(entry, file, setting);
  });
}

function agentOf(entry: z.infer<typeof agentSchema>, file: string, setting: (field: string) => string): AgentSettings {
  const absolute = (relative: string | undefined) => (relative === undefined ? null : resolve(dirname(file), relative));
  const tokenFile = absolute(entry.tokenFile);
  if (tokenFile !== null && contentsOf(setting('.tokenFile'), tokenFile).trim() === '') {
    throw new SettingsError(setting('.tokenFile'), `names ${tokenFile}, which is empty: put the token into it.`);
  }
  return {
    ...{ datacenter: entry.datacenter, node: entry.node, tokenFile },
    ...parseAddress(setting('.address'), entry.address, false),
    tls: fileTls(entry.tls, absolute, (field) => setting(`.tls.${field}`)),
  };
}

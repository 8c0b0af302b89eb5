import type { Logger } from 'pino';
import type { AddressSettings } from './config/address-settings';
import type { TenancySettings } from './config/tenancy';
import type { ConsulAddressOptions } from './consul/address';
import { type Clock, systemClock } from './consul/clock';
import { connectionBudget } from './consul/connection-budget';
import { consulTransport } from './consul/consul-transport';
import { datacenterTransport } from './consul/datacenter-transport';
import { TenancyGate } from './consul/tenancy-gate';
import { tokenSource } from './consul/token-source';
import type { ConsulTransport } from './consul/transport';
import { ConsulContact } from './fleet/consul-contact';

/** One Consul address under way: its connections under its own budget, and whether it answers. */
export interface OpenAddress {
  readonly contact: ConsulContact;
  /** For calls by other means. */
  readonly consul: ConsulAddressOptions;
  readonly transport: ConsulTransport;
  readonly maxConnections: number;
  /** Null: every datacenter that Consul names there. */
  readonly datacenters: readonly string[] | null;
  /** The transport as one datacenter uses it, with its own token where none is given. */
  transportOf(datacenter: string, token?: () => string | null): ConsulTransport;
  /** A datacenter's own token as of now, which reads. */
  tokenOf(datacenter: string): string | null;
  /** Every token as of now, to be compared and never shown. */
  tokens(): string;
  hasToken(datacenter: string): boolean;
}

/** Resolves once its budget is known; an address that does not answer gets the default one. */
export async function openAddress(
  settings: AddressSettings,
  tenancy: TenancySettings,
  logger: Logger,
): Promise<OpenAddress> {
  const { address, datacenters } = settings;
  const consul = {
    ...settings,
    token: tokenSource(settings.token, settings.tokenFile),
    warn: (sentence: string) => logger.warn(sentence),
  };
  const maxConnections = settings.maxConnections ?? (await connectionBudget(consul));
  const transport = consulTransport({ ...consul, maxConnections });
  const gate = tenancyGate(transport, address, tenancy, systemClock);
  const tokens = new Map(datacenters?.map(({ name, token, tokenFile }) => [name, tokenSource(token, tokenFile)]));
  const tokenOf = (name: string) => tokens.get(name) ?? consul.token;
  return {
    contact: new ConsulContact(address, systemClock.iso(systemClock.now())),
    consul,
    transport,
    maxConnections,
    datacenters: datacenters?.map(({ name }) => name) ?? null,
    transportOf: (name, token = tokenOf(name)) => datacenterTransport(transport, { token, tenancy: gate }),
    tokenOf: (name) => tokenOf(name)(),
    tokens: () => [consul.token, ...tokens.values()].map((token) => token() ?? '').join('\n'),
    hasToken: (name) => tokenOf(name)() !== null,
  };
}

/** Null where neither namespace nor partition is set. */
function tenancyGate(
  transport: ConsulTransport,
  address: string,
  tenancy: TenancySettings,
  clock: Clock,
): TenancyGate | null {
  if (tenancy.namespace === null && tenancy.partition === null) return null;
  return new TenancyGate(transport, address, tenancy, clock);
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findConsul } from '@/scripts/launcher/consul.mjs';
import { chooseTokens, type WorldTokens, writeReadToken } from './acl';
import type { TlsFiles } from './agent';
import { type Datacenter, planDatacenters, startAgents, synced, wanBetween } from './datacenter';
import { registerExtraServices } from './extra-services';
import { writeIntentions } from './intentions';
import { PortPool } from './port-pool';
import type { CheckTiming } from './registration';
import { Shop } from './shop';
import { Supervisor } from './supervised';
import { makeCertificates } from './tls';
import type { Wan } from './wan';
import { World } from './world';

export interface WorldOptions {
  /** How many, named dc1, dc2 …; 3 by default. */
  datacenters?: number;
  /** Their names, in place of a number of them. */
  names?: string[];
  /** Consul servers of each datacenter, named dc1-server-1, …; 1 by default. */
  serversPerDatacenter?: number;
  clientsPerDatacenter?: number;
  /** `primary_datacenter` is dc1 everywhere; on by default. */
  federated?: boolean;
  /** The demo shop; on by default. Without it Consul is bare. */
  shop?: boolean;
  /** How often, and how long, an agent asks a shop server. Consul knows no interval below a second. */
  checks?: CheckTiming;
  /** Every agent speaks HTTPS too, by a certificate authority of the world's own. Needs openssl. */
  tls?: boolean;
  /** ACLs whose default is to deny; only in a federation. */
  acl?: boolean;
  /** The way between the datacenters can be cut: `cutWan`. */
  cuttableWan?: boolean;
  /** Gives every agent a DNS port. */
  dns?: boolean;
  /** Connections that every agent takes from one client address (`http_max_conns_per_client`); Consul's own 200 by default. */
  maxConnectionsPerClient?: number;
  /** Servers show Consul's own UI under `/ui/`. */
  ui?: boolean;
  /** Generated services beside the shop, and instances of each (5 by default); they stand in the catalog alone. */
  services?: number;
  instancesPerService?: number;
  /** Gives up the start, and ends what it has started so far. */
  signal?: AbortSignal;
  /** Told a sentence at each step. */
  progress?: (sentence: string) => void;
}

const DEFAULT_CHECKS: CheckTiming = { intervalMs: 1_000, timeoutMs: 800 };

/**
 * Starts real Consul datacenters on free loopback ports, with a shop of real servers on them, and resolves when everything is joined, registered
 * and passing. Whatever goes wrong on the way, nothing that it started is left; nor is it when this process ends, in whatever manner.
 */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const supervisor = new Supervisor();
  const pool = new PortPool();
  const shops = new Map<string, Shop>();
  const build = async () => {
    const { datacenters, tls, tokens, wan } = await startConsul(options, supervisor, pool);
    options.signal?.throwIfAborted();
    if (options.shop ?? true) await openShops(options, datacenters, shops, pool);
    await addExtraServices(options, datacenters);
    return new World({ datacenters, shops, supervisor, pool, tls, tokens, wan });
  };
  try {
    return await Promise.race([build(), rejectedBy(options.signal)]);
  } catch (error) {
    await Promise.all([...shops.values()].map((shop) => shop.end()));
    await supervisor.end();
    await pool.release();
    throw error;
  }
}

function rejectedBy(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

interface StartedConsul {
  datacenters: Datacenter[];
  tls: TlsFiles | null;
  tokens: WorldTokens | null;
  wan: Wan | null;
}

async function startConsul(options: WorldOptions, supervisor: Supervisor, pool: PortPool): Promise<StartedConsul> {
  const { tls: wantsTls = false, acl = false, federated = true } = options;
  if (acl && !federated) throw new Error('A world with ACLs has to be a federation: its tokens come from dc1.');
  const binary = findConsul();
  if (binary === null)
    throw new Error('Consul is not installed: any npm command of this project that needs it gets it.');
  const names = options.names ?? Array.from({ length: options.datacenters ?? 3 }, (_, index) => `dc${index + 1}`);
  const tls = wantsTls ? await makeCertificates(`${supervisor.folder}/tls`, names) : null;
  const tokens = acl ? chooseTokens() : null;
  const datacenters = await planDatacenters(
    {
      names,
      serversPerDatacenter: options.serversPerDatacenter ?? 1,
      clientsPerDatacenter: options.clientsPerDatacenter ?? 2,
      federated,
      tls,
      managementToken: tokens?.management ?? null,
      dns: options.dns ?? false,
      cuttableWan: options.cuttableWan ?? false,
      maxConnectionsPerClient: options.maxConnectionsPerClient ?? null,
      ui: options.ui ?? false,
      binary,
      consulMinor: await minorVersion(binary),
    },
    supervisor,
    pool,
  );
  const wan = await wanBetween(datacenters);
  options.progress?.(`Starting Consul in ${names.join(', ')}`);
  await startAgents(datacenters);
  const [primary] = datacenters;
  if (tokens !== null && primary !== undefined) await writeReadToken(primary, tokens);
  await Promise.all(datacenters.map(synced));
  return { datacenters, tls, tokens, wan };
}

async function openShops(
  options: WorldOptions,
  datacenters: Datacenter[],
  shops: Map<string, Shop>,
  pool: PortPool,
): Promise<void> {
  options.progress?.('Opening the shop');
  for (const datacenter of datacenters) {
    shops.set(datacenter.name, new Shop(datacenter, pool, options.checks ?? DEFAULT_CHECKS));
  }
  await Promise.all([...shops.values()].map((shop, position) => shop.open(position)));
  const primaries = (options.federated ?? true) ? datacenters.slice(0, 1) : datacenters;
  await Promise.all(primaries.map(({ server }) => writeIntentions(server.consul)));
  await Promise.all([...shops.values()].map((shop) => shop.passing()));
}

async function addExtraServices(options: WorldOptions, datacenters: Datacenter[]): Promise<void> {
  const { services = 0, instancesPerService = 5 } = options;
  if (services === 0) return;
  options.progress?.(`Registering ${services} more services of ${instancesPerService} instances each`);
  const targets = datacenters.map(({ name, server }) => ({ name, consul: server.consul }));
  await registerExtraServices(targets, services, instancesPerService);
}

async function minorVersion(binary: string): Promise<number> {
  const { stdout } = await promisify(execFile)(binary, ['version']);
  const minor = /Consul v1\.(\d+)/.exec(stdout)?.[1];
  if (minor === undefined) throw new Error(`${binary} does not say that it is Consul 1.x: ${stdout.split('\n')[0]}.`);
  return Number(minor);
}

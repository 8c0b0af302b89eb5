import { EventEmitter } from 'node:events';
import type http from 'node:http';
import Consul from 'consul';
import { z } from 'zod';
import { type ConsulAddressOptions, endpointOf } from './address';
import { clientError } from './client-error';
import { systemClock } from './clock';
import { connectionPool } from './connection-pool';
import { ConsulError } from './consul-error';
import { type AgentSelf, agentSelfOf, agentSelfSchema } from './decode/agent-self';
import { problemOf } from './decode/problem';
import { tlsFilesOf } from './tls-files';
import { base64 } from './wire-request';

export interface KvEntry {
  readonly key: string;
  readonly value: string;
  /** What a compare-and-set compares. */
  readonly modifyIndex: number;
  /** The session that has locked it; null: none has. */
  readonly session: string | null;
}

export interface SessionOptions {
  readonly name: string;
  /** 10 s to a day; Consul may let a session live for twice as long. */
  readonly ttlSeconds: number;
  readonly lockDelaySeconds: number;
  /** Where it is kept, and on which node there; that of the asked agent where absent. */
  readonly datacenter?: string;
  readonly node?: string;
}

/** Its calls are few; what is left of an address's budget is for reading. */
const MAX_CONNECTIONS = 2;

const kvSchema = z
  .object({ Key: z.string(), Value: z.string().nullable(), ModifyIndex: z.number(), Session: z.string().optional() })
  .transform((entry) => ({
    ...{ key: entry.Key, value: entry.Value ?? '', modifyIndex: entry.ModifyIndex },
    session: entry.Session || null,
  }))
  .nullable();
const wonSchema = z.boolean();
const sessionSchema = z.object({ ID: z.string() });
const ignored = z.unknown();
/** What the package gives with `includeResponse`. */
const resultSchema = z.tuple([z.object({ statusCode: z.number() }), z.unknown().optional()]);

/**
 * Key-value store, sessions, catalog and agent of one Consul, by the `consul` package. Its `log` event is never listened to: it
 * carries the token. Each call rejects with a `ConsulError`.
 */
export class ConsulClient {
  readonly #options: ConsulAddressOptions;
  readonly #pool: http.Agent;
  readonly #consul: Consul;
  readonly #timeoutMs: number;

  constructor(options: ConsulAddressOptions, timeoutMs = 5_000) {
    this.#options = options;
    this.#timeoutMs = timeoutMs;
    const endpoint = endpointOf(options.address);
    this.#pool = connectionPool(
      endpoint,
      tlsFilesOf(options, endpoint, () => systemClock.now()),
      MAX_CONNECTIONS,
    );
    const settings = {
      baseUrl: endpoint.socketPath === null ? new URL('/v1', options.address) : new URL('http://localhost/v1'),
      agent: this.#pool,
      ...(endpoint.socketPath !== null && { socketPath: endpoint.socketPath }),
      ...(options.basicAuth && { headers: { authorization: `Basic ${base64(options.basicAuth)}` } }),
    };
    this.#consul = new Consul(settings);
  }

  /** Null where there is no such key. */
  async getKey(key: string, datacenter?: string): Promise<KvEntry | null> {
    const options = { ...this.#common(datacenter), key };
    return this.#call(`Reading KV key ${key}`, kvSchema, () => this.#consul.kv.get(options));
  }

  /** @param cas the index that the key must still have, 0: it must not be there. @returns false where it was another. */
  async setKey(key: string, value: string, cas: number, datacenter?: string): Promise<boolean> {
    const options = { ...this.#common(datacenter), key, value, cas };
    return this.#call(`Writing KV key ${key}`, wonSchema, () => this.#consul.kv.set(options));
  }

  /** @returns false where the key has changed since `cas`. */
  async deleteKey(key: string, cas: number, datacenter?: string): Promise<boolean> {
    const options = { ...this.#common(datacenter), key, cas };
    return this.#call(`Deleting KV key ${key}`, wonSchema, () => this.#consul.kv.del(options));
  }

  /** Locks the key for a session, and sets its value. @returns false where another holds it, or may not be followed yet. */
  async acquireKey(key: string, value: string, session: string, datacenter?: string): Promise<boolean> {
    const options = { ...this.#common(datacenter), key, value, acquire: session };
    return this.#call(`Locking KV key ${key}`, wonSchema, () => this.#consul.kv.set(options));
  }

  /** Lets go of the lock, and sets the value. @returns false where this session did not hold it. */
  async releaseKey(key: string, value: string, session: string, datacenter?: string): Promise<boolean> {
    const options = { ...this.#common(datacenter), key, value, release: session };
    return this.#call(`Letting go of KV key ${key}`, wonSchema, () => this.#consul.kv.set(options));
  }

  /** It depends on its renewals alone, on no check of its node: that may fail while its maker is well. @returns its id. */
  async createSession(session: SessionOptions): Promise<string> {
    const { name, ttlSeconds, lockDelaySeconds, datacenter, node } = session;
    const options = {
      ...this.#common(datacenter),
      name,
      checks: [],
      ...(node !== undefined && { node }),
      ttl: `${ttlSeconds}s`,
      lockdelay: `${lockDelaySeconds}s`,
      behavior: 'release' as const,
    };
    return (await this.#call('Creating a session', sessionSchema, () => this.#consul.session.create(options))).ID;
  }

  /** @returns false where the session is gone. */
  async renewSession(id: string, datacenter?: string): Promise<boolean> {
    const options = { ...this.#common(datacenter), id };
    try {
      await this.#call('Renewing a session', ignored, () => this.#consul.session.renew(options));
      return true;
    } catch (error) {
      if (error instanceof ConsulError && error.status === 404) return false;
      throw error;
    }
  }

  async destroySession(id: string, datacenter?: string): Promise<void> {
    const options = { ...this.#common(datacenter), id };
    await this.#call('Ending a session', ignored, () => this.#consul.session.destroy(options));
  }

  async datacenters(): Promise<readonly string[]> {
    const list = () => this.#consul.catalog.datacenters(this.#common());
    return this.#call('Listing the datacenters', z.array(z.string()), list);
  }

  /** Always of the agent that is asked. */
  async agentSelf(): Promise<AgentSelf> {
    const self = () => this.#consul.agent.self(this.#common());
    return agentSelfOf(await this.#call('Reading the agent', agentSelfSchema, self));
  }

  /** Puts the asked agent's node into maintenance, or with a null reason takes it out. */
  async setNodeMaintenance(reason: string | null): Promise<void> {
    const options = { ...this.#common(), enable: reason !== null, ...(reason !== null && { reason }) };
    await this.#call('Setting maintenance', ignored, () => this.#consul.agent.maintenance(options));
  }

  close(): void {
    this.#pool.destroy();
  }

  /**
   * Without a timeout a body that is cut short would leave the package waiting for ever. Without the response it gives undefined for
   * a comparison that was lost, for a key that is not there and for a proxy's page alike.
   */
  #common(datacenter?: string): { timeout: number; ctx: EventEmitter; token?: string; dc?: string } {
    const token = this.#options.token?.();
    const ctx = Object.assign(new EventEmitter(), { includeResponse: true });
    return {
      timeout: this.#timeoutMs,
      ctx,
      ...(token && { token }),
      ...(datacenter !== undefined && { dc: datacenter }),
    };
  }

  async #call<Value>(what: string, schema: z.ZodType<Value>, ask: () => Promise<unknown>): Promise<Value> {
    const source = `${what} at Consul ${this.#options.address}`;
    const result = await ask().catch((error: unknown) => {
      throw clientError(source, error, this.#timeoutMs);
    });
    const [response, body] = resultSchema.parse(result);
    const parsed = schema.safeParse(response.statusCode === 404 ? null : body);
    if (parsed.success) return parsed.data;
    const problem = problemOf(parsed.error);
    throw new ConsulError(
      'not-json',
      `${source} was answered with something else (${problem}): what answers is not Consul.`,
    );
  }
}

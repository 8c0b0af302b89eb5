import type { LockSighting } from '@/lib/leadership/judge-lock';
import { type LeaderRecord, leaderRecordText, readLeaderRecord } from '@/lib/leadership/leader-record';
import type { ConsulClient } from '@/server/consul/consul-client';
import { ConsulError } from '@/server/consul/consul-error';

/** Consul expires a session at the earliest so long after its last renewal; in truth after twice that. It takes no less. */
export const SESSION_TTL_MS = 10_000;
/** So long a lock that was lost is given to nobody: its holder may still have to notice. */
export const LOCK_DELAY_MS = 3_000;

/** The one lock, by whatever keeps it. Each call rejects with a `ConsulError`. */
export interface SessionLocks {
  /** Opens a session with a TTL of `SESSION_TTL_MS`. @returns its id. */
  open(): Promise<string>;
  /** @returns false where the session is gone. */
  renew(session: string): Promise<boolean>;
  /** @returns false where another holds it, or it may not be followed yet. True again for who holds it. */
  acquire(session: string, record: LeaderRecord): Promise<boolean>;
  /** As Consul's leader has it. */
  look(): Promise<LockSighting>;
  release(session: string, record: LeaderRecord): Promise<void>;
  /** Ends the session, and with it what it holds. */
  close(session: string): Promise<void>;
}

export interface ConsulLocksOptions {
  readonly client: ConsulClient;
  readonly key: string;
  /** Null: that of the asked agent. */
  readonly datacenter: string | null;
  /** A node of that datacenter: Consul keeps each session on one. Asked where the asked agent's own is not of that datacenter. */
  readonly nodeThere: () => Promise<string>;
}

/** The lock as a key of Consul. */
export class ConsulLocks implements SessionLocks {
  readonly #datacenter: string | undefined;

  constructor(private readonly options: ConsulLocksOptions) {
    this.#datacenter = options.datacenter ?? undefined;
  }

  async open(): Promise<string> {
    try {
      return await this.#create({});
    } catch (error) {
      // The agent names its own node, which no other datacenter knows.
      const isAbroad = error instanceof ConsulError && error.message.includes('Missing node registration');
      if (!isAbroad) throw error;
      return this.#create({ node: await this.options.nodeThere() });
    }
  }

  renew(session: string): Promise<boolean> {
    return this.options.client.renewSession(session, this.#datacenter);
  }

  acquire(session: string, record: LeaderRecord): Promise<boolean> {
    const { client, key } = this.options;
    return client.acquireKey(key, leaderRecordText(record), session, this.#datacenter);
  }

  async look(): Promise<LockSighting> {
    const { client, key } = this.options;
    const entry = await client.getKey(key, this.#datacenter);
    return { session: entry?.session ?? null, record: entry && readLeaderRecord(entry.value) };
  }

  async release(session: string, record: LeaderRecord): Promise<void> {
    const { client, key } = this.options;
    await client.releaseKey(key, leaderRecordText(record), session, this.#datacenter);
  }

  async close(session: string): Promise<void> {
    await this.options.client.destroySession(session, this.#datacenter);
  }

  #create(where: { node?: string }): Promise<string> {
    return this.options.client.createSession({
      name: 'lictor',
      ttlSeconds: SESSION_TTL_MS / 1_000,
      lockDelaySeconds: LOCK_DELAY_MS / 1_000,
      ...(this.#datacenter !== undefined && { datacenter: this.#datacenter }),
      ...where,
    });
  }
}

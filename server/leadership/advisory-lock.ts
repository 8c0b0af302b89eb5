import { Client } from 'pg';
import type { Clock, Timer } from '@/server/consul/clock';
import type { DatabaseLock } from './database-lock';
import { Tenure } from './tenure';

/** `LICT` and `LEAD` as numbers: what others lock in the same database has other ones. */
const LOCK_CLASS = 0x4c494354;
const LOCK_OBJECT = 0x4c454144;

/** The server ends a connection that says nothing for so long, and the lock goes with it. */
const IDLE_LIMIT_MS = 10_000;
const CHECK_EVERY_MS = 2_500;
/** Of a connection, and of each question. */
const LIMIT_MS = 3_000;
const GOODBYE_MS = 1_000;

/**
 * A server of version 14 or later ends the connection of a holder that hangs. An older one does so once the holder's machine no longer answers; it then takes a
 * little longer than the holder itself needs to notice. Over a socket file only the first applies.
 */
const SESSION_LIMITS = `
  SET tcp_keepalives_idle = 7; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
  DO $$ BEGIN PERFORM set_config('idle_session_timeout', '${IDLE_LIMIT_MS}', false); EXCEPTION WHEN undefined_object THEN NULL; END $$`;

const HOLDER = `
  SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
  WHERE l.locktype = 'advisory' AND l.granted AND l.classid = ${LOCK_CLASS} AND l.objid = ${LOCK_OBJECT} AND l.objsubid = 2
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Before the name in PostgreSQL's list of connections, which cuts it at 63 bytes. */
const APPLICATION = 'lictor ';

export interface AdvisoryLockOptions {
  /** `postgres://…`; it may hold a password, and no sentence repeats it. */
  readonly url: string;
  /** Of this process: others see it in PostgreSQL's list of connections. */
  readonly name: string;
  readonly clock: Clock;
}

/** PostgreSQL's advisory lock on a connection of its own: it lasts as long as the connection, which is asked again and again. */
export class AdvisoryLock implements DatabaseLock {
  readonly #options: AdvisoryLockOptions;
  readonly #tenure: Tenure;
  readonly #listeners: ((reason: string) => void)[] = [];
  #client: Client | null = null;
  #timer: Timer | undefined;
  #holder: string | null = null;

  constructor(options: AdvisoryLockOptions) {
    this.#options = options;
    this.#tenure = new Tenure(options.clock, () =>
      this.#lose('PostgreSQL has not answered for 10 s: another may have the lock by now.'),
    );
  }

  get holds(): boolean {
    return this.#tenure.holds;
  }

  get holder(): string | null {
    return this.holds ? this.#options.name : this.#holder;
  }

  onLost(listener: (reason: string) => void): void {
    this.#listeners.push(listener);
  }

  async acquire(signal: AbortSignal): Promise<boolean> {
    if (this.holds) return true;
    try {
      const client = this.#client ?? (await this.#connect());
      signal.throwIfAborted();
      const sentAtMs = this.#options.clock.now();
      const { rows } = await client.query<{ won: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS won', [
        LOCK_CLASS,
        LOCK_OBJECT,
      ]);
      if (rows[0]?.won !== true) {
        this.#holder = await holderBy(client);
        return false;
      }
      signal.throwIfAborted();
      this.#tenure.extend(sentAtMs + IDLE_LIMIT_MS);
      this.#checkLater();
      return this.holds;
    } catch (error) {
      await this.release();
      throw new Error(sentenceOf(error), { cause: error });
    }
  }

  /** The connection is closed, and the lock goes with it. */
  async release(): Promise<void> {
    const client = this.#client;
    this.#forget();
    this.#tenure.end();
    if (client) await this.#close(client);
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.#options.url,
      application_name: `${APPLICATION}${this.#options.name}`,
      connectionTimeoutMillis: LIMIT_MS,
      query_timeout: LIMIT_MS,
      keepAlive: true,
    });
    client.on('error', (error) => {
      if (this.#client === client) this.#lose(sentenceOf(error));
    });
    client.on('end', () => {
      if (this.#client === client) this.#lose('PostgreSQL has closed the connection that held the lock.');
    });
    await client.connect();
    this.#client = client;
    await client.query(SESSION_LIMITS);
    return client;
  }

  #checkLater(): void {
    this.#timer = this.#options.clock.setTimeout(() => void this.#check(), CHECK_EVERY_MS);
  }

  async #check(): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    const sentAtMs = this.#options.clock.now();
    try {
      await client.query('SELECT 1');
      if (this.#client !== client) return;
      this.#tenure.extend(sentAtMs + IDLE_LIMIT_MS);
      this.#checkLater();
    } catch (error) {
      if (this.#client === client) this.#lose(sentenceOf(error));
    }
  }

  /** Its connection is closed as well: one that came back to life would hold a lock that nobody believes in. */
  #lose(reason: string): void {
    const client = this.#client;
    const held = this.#timer !== undefined;
    this.#forget();
    this.#tenure.end();
    if (client) void this.#close(client);
    if (held) for (const listener of this.#listeners) listener(reason);
  }

  /** Where the server no longer answers, the goodbye would be waited for without end. */
  async #close(client: Client): Promise<void> {
    const { clock } = this.#options;
    let timer: Timer | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = clock.setTimeout(resolve, GOODBYE_MS);
    });
    const end = client.end().catch(() => {
      // The connection is gone already, and the lock with it.
    });
    await Promise.race([end, patience]);
    if (timer) clock.clearTimeout(timer);
  }

  #forget(): void {
    this.#client = null;
    this.#holder = null;
    if (this.#timer) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

async function holderBy(client: Client): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(HOLDER);
  const name = rows[0]?.name;
  return name?.startsWith(APPLICATION) ? name.slice(APPLICATION.length) : null;
}

/** PostgreSQL's own words name the server or the user, never the password. */
function sentenceOf(error: unknown): string {
  const words = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
  return `The lock in the shared database cannot be asked for (${words}): this Lictor does not lead until PostgreSQL answers.`;
}

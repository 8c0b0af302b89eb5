import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { PortPool } from '@/e2e/world/port-pool';
import { until } from '@/e2e/world/until';
import { findPostgres } from '@/scripts/launcher/postgres.mjs';

const USER = 'lictor';
const POSTGRES_PASSWORD = 'pg-secret-4711';

/** A real PostgreSQL on loopback, with a folder and a port of its own. */
export class PostgresUnderTest {
  #process: ChildProcess | null = null;
  #databases = 0;

  private constructor(
    private readonly folder: string,
    readonly port: number,
    private readonly ports: PortPool,
  ) {}

  static async open(): Promise<PostgresUnderTest> {
    const folder = mkdtempSync(join(tmpdir(), 'lictor-postgres-'));
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, POSTGRES_PASSWORD);
    const account = unprivileged();
    if (account !== null) {
      for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
    }
    chmodSync(folder, 0o700);
    const made = spawnSync(
      program('initdb'),
      [
        ...['--pgdata', join(folder, 'data'), '--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
        // A collation that is the same on every machine, and no waiting for a disk that the test throws away.
        ...['--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
      ],
      { ...account, cwd: folder, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
    const ports = new PortPool();
    const server = new PostgresUnderTest(folder, await ports.take(), ports);
    await server.start();
    return server;
  }

  /** A new, empty database. */
  async database(): Promise<string> {
    this.#databases += 1;
    const name = `lictor_${this.#databases}`;
    await this.query('postgres', `create database ${name}`);
    return this.urlOf(name);
  }

  /** Of a database that is there from the start. */
  get url(): string {
    return this.urlOf('postgres');
  }

  urlOf(database: string): string {
    return `postgres://${USER}:${POSTGRES_PASSWORD}@127.0.0.1:${this.port}/${database}`;
  }

  /** Starts the server, which was stopped. */
  async start(): Promise<void> {
    this.#process = spawn(
      program('postgres'),
      [
        ...['-D', join(this.folder, 'data'), '-p', String(this.port), '-c', 'listen_addresses=127.0.0.1'],
        ...['-c', `unix_socket_directories=${this.folder}`, '-c', 'fsync=off', '-c', 'max_connections=40'],
      ],
      { ...unprivileged(), cwd: this.folder, stdio: 'ignore' },
    );
    await until('PostgreSQL to answer', () => this.query('postgres', 'select 1').then(() => true));
  }

  /** At once by default, connections and all, as a crash would; what was committed is there when it starts again. */
  async stop(signal: NodeJS.Signals = 'SIGQUIT'): Promise<void> {
    const server = this.#process;
    this.#process = null;
    if (server === null || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await ended;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.ports.release();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async query(database: string, sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: this.urlOf(database) });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }
}

function program(name: string): string {
  const found = findPostgres(name);
  if (found === null) throw new Error(`PostgreSQL's ${name} is not installed: npm test installs it.`);
  return found;
}

/** PostgreSQL refuses to run as root; Debian's package brings an account for it. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

import Sqlite from 'better-sqlite3';
import type { RecordPlace } from '@/server/config/history-settings';
import { RecordError, type RecordErrorCode } from '@/server/history/record-store';

type Fault = Exclude<RecordErrorCode, 'pen-lost' | 'newer-version' | 'locked'>;

/** What a database's error means, by the beginning of its code: SQLite's own, the system's, and PostgreSQL's SQLSTATE. The first that fits. */
const FAULTS: readonly (readonly [code: string, fault: Fault])[] = [
  ['SQLITE_FULL', 'disk-full'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CANTOPEN', 'read-only'],
  ['SQLITE_PERM', 'read-only'],
  ['EACCES', 'read-only'],
  ['EROFS', 'read-only'],
  ['EPERM', 'read-only'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  // PostgreSQL: disk full; read-only transaction; data or index corrupted.
  ['53100', 'disk-full'],
  ['25006', 'read-only'],
  ['XX001', 'corrupt'],
  ['XX002', 'corrupt'],
  // Connections that fail, are refused for want of room, or are ended by an administrator.
  ['08', 'unreachable'],
  ['53300', 'unreachable'],
  ['57P', 'unreachable'],
  ['ECONN', 'unreachable'],
  ['ENOTFOUND', 'unreachable'],
  ['EAI_AGAIN', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'unreachable'],
  ['EPIPE', 'unreachable'],
  ['ENOENT', 'unreachable'],
];

/** What the client of PostgreSQL says without a code when the server goes away. */
const LOST_CONNECTION =
  /Connection terminated|connection error and is not queryable|timeout expired|Query read timeout|timeout exceeded when trying to connect/i;

/** Any error of a store as the one that its users know. */
export function recordErrorOf(error: unknown, place: RecordPlace): RecordError {
  if (error instanceof RecordError) return error;
  const words = error instanceof Error ? error.message : String(error);
  const fault = faultOf(error, words, place);
  return new RecordError(fault, sentenceOf(fault, words, place), { cause: error });
}

function faultOf(error: unknown, words: string, { kind }: RecordPlace): Fault {
  if (LOST_CONNECTION.test(words)) return 'unreachable';
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return 'failed';
  const fault = FAULTS.find(([beginning]) => code.startsWith(beginning))?.[1] ?? 'failed';
  // A file that cannot be opened and a server that cannot be found have codes in common.
  return fault === 'unreachable' && (kind === 'sqlite' || error instanceof Sqlite.SqliteError) ? 'failed' : fault;
}

function sentenceOf(fault: Fault, words: string, place: RecordPlace): string {
  const where = place.kind === 'sqlite' ? `The history in ${place.folder}` : 'The history in PostgreSQL';
  const own = `(${words.replace(/\s+/g, ' ').replace(/\.$/, '')})`;
  switch (fault) {
    case 'disk-full':
      return `${where} cannot be written: its disk is full ${own}. Make room, and it goes on by itself; what was written is safe.`;
    case 'read-only':
      return `${where} cannot be opened or written ${own}. Give Lictor the right to write there, and it goes on by itself; what was written is safe.`;
    case 'unreachable':
      return `${where} cannot be reached ${own}. It goes on by itself when the database answers; what was written is safe.`;
    case 'corrupt':
      return `${where} is damaged ${own}.`;
    case 'failed':
      return `${where} failed ${own}. It is tried again; what was written is safe.`;
  }
}

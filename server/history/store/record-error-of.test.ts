import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { RecordPlace } from '@/server/config/history-settings';
import { RecordError } from '@/server/history/record-store';
import { recordErrorOf } from './record-error-of';

const file: RecordPlace = { kind: 'sqlite', folder: '/srv/lictor' };
const shared: RecordPlace = { kind: 'postgres', url: 'postgres://lictor:hidden@db/lictor' };
const coded = (code: string, words = 'words of the database') => Object.assign(new Error(words), { code });

test.each<[RecordPlace, unknown, string]>([
  [file, new Sqlite.SqliteError('database or disk is full', 'SQLITE_FULL'), 'disk-full'],
  [file, new Sqlite.SqliteError('disk I/O error', 'SQLITE_IOERR_SHMSIZE'), 'disk-full'],
  [file, new Sqlite.SqliteError('attempt to write a readonly database', 'SQLITE_READONLY'), 'read-only'],
  [file, new Sqlite.SqliteError('unable to open database file', 'SQLITE_CANTOPEN'), 'read-only'],
  [file, new Sqlite.SqliteError('database disk image is malformed', 'SQLITE_CORRUPT_INDEX'), 'corrupt'],
  [file, new Sqlite.SqliteError('disk I/O error', 'SQLITE_IOERR_READ'), 'failed'],
  [file, coded('EROFS'), 'read-only'],
  [file, coded('ENOENT'), 'failed'],
  [shared, coded('ECONNREFUSED'), 'unreachable'],
  [shared, coded('57P03', 'the database system is starting up'), 'unreachable'],
  [shared, coded('53300', 'sorry, too many clients already'), 'unreachable'],
  [shared, coded('08006'), 'unreachable'],
  [shared, new Error('Connection terminated unexpectedly'), 'unreachable'],
  [shared, new Error('Client has encountered a connection error and is not queryable'), 'unreachable'],
  [shared, coded('53100', 'could not extend file'), 'disk-full'],
  [shared, coded('25006', 'cannot execute UPDATE in a read-only transaction'), 'read-only'],
  [shared, coded('28P01', 'password authentication failed for user "lictor"'), 'failed'],
  [shared, 'a text that was thrown', 'failed'],
])('an error of %o that says %s means %s, in a sentence without the password', (place, error, code) => {
  const known = recordErrorOf(error, place);
  expect(known.code).toBe(code);
  expect(known.message).toMatch(/^The history in .*\)\..*$/);
  expect(known.message).not.toContain('hidden');
});

test('what is told in its own words already stays as it is', () => {
  const lost = new RecordError('pen-lost', 'Another writes.');
  expect(recordErrorOf(lost, file)).toBe(lost);
});

import { z } from 'zod';
import { CommandError } from './command-error';

/**
 * An export of a record: a head, and behind it a line for each row, `["<table>", <column>, …]`. Ids and texts are the record's own, so that what is imported is
 * the same record, in whichever database. Spans are made again from the transitions.
 */

const FORMAT = 1;

const id = z.int().nonnegative();
const idOrNull = id.nullable();
const ms = z.int();

/** The columns of each table, in the order of their values in a line and of the tables in the file. */
const dumpColumns = {
  text: { id, hash: z.int(), value: z.string() },
  subject: { id, kind: id, key: z.string(), dc_id: id, service_id: idOrNull, node_id: idOrNull },
  gap: { id, dc_id: id, from_ms: ms, to_ms: ms.nullable(), reason: z.string() },
  /** Those that are still counted are the newest of their scope and tier. */
  roll_up: { tier: id, dc_id: id, service_id: id, at_ms: ms, counts: z.string() },
  /** `bytes` is base64. */
  checkpoint: { last_id: id, at_ms: ms, bytes: z.base64() },
  transition: {
    ...{ id, at_ms: ms, subject_id: id, kind: id, item_id: idOrNull, consul_index: z.int().nullable() },
    ...{ from_id: idOrNull, to_id: idOrNull, flags: id, unwatched_from_ms: ms.nullable() },
  },
  document: { kind: z.string(), id: z.string(), body: z.string(), version: z.int().positive(), written_at_ms: ms },
} as const;
export type DumpTable = keyof typeof dumpColumns;
const dumpTables = Object.keys(dumpColumns) as DumpTable[];

const headSchema = z.object({
  lictor: z.literal('history'),
  format: z.literal(FORMAT),
  /** Until when it was watched; null: never. */
  aliveMs: ms.nullable(),
  columns: z.record(z.string(), z.array(z.string())),
});
export type DumpHead = z.infer<typeof headSchema>;

export function dumpHead(aliveMs: number | null): DumpHead {
  return { lictor: 'history', format: FORMAT, aliveMs, columns: columnsOf(dumpTables) };
}

const columnsOf = (tables: readonly DumpTable[]): DumpHead['columns'] =>
  Object.fromEntries(tables.map((table) => [table, Object.keys(dumpColumns[table])]));

/** What an export may hold: what is written now, and what was before there were documents. */
const READABLE: readonly (readonly DumpTable[])[] = [dumpTables, dumpTables.filter((table) => table !== 'document')];

/** Tables that an export holds, and that an import of it puts in the place of what stands. */
export const tablesOf = ({ columns }: DumpHead): readonly DumpTable[] => dumpTables.filter((table) => table in columns);

/** @throws CommandError where the first line is not that of an export which this version can read */
export function parseHead(line: string): DumpHead {
  const head = headSchema.safeParse(json(line, 1));
  const columns = head.success ? JSON.stringify(head.data.columns) : null;
  if (head.success && READABLE.some((tables) => JSON.stringify(columnsOf(tables)) === columns)) return head.data;
  throw new CommandError('This is no export that this version of Lictor can read. Nothing was changed.');
}

/** The last line: without it the file was cut. @param rows between the head and it */
export const dumpEnd = (rows: number): string => `${JSON.stringify(['end', rows])}\n`;

/** Whether a line is the last one, of a file of so many rows. */
export const isEnd = (line: string, rows: number): boolean => `${line}\n` === dumpEnd(rows);

export function dumpLine(table: DumpTable, row: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify([table, ...Object.keys(dumpColumns[table]).map((column) => row[column])])}\n`;
}

const rowSchemas = Object.fromEntries(
  dumpTables.map((table) => [table, z.tuple(Object.values(dumpColumns[table]) as unknown as [z.ZodType])]),
);

/** @throws CommandError with the number of the line */
export function parseLine(line: string, number: number): { table: DumpTable; row: Record<string, unknown> } {
  const [table, ...values] = z.array(z.unknown()).catch([]).parse(json(line, number));
  const row = dumpTables.includes(table as DumpTable) ? rowSchemas[table as DumpTable]?.safeParse(values) : undefined;
  if (!row?.success)
    throw new CommandError(`Line ${number} is no row of a record: the file is damaged. Nothing was imported.`);
  const columns = Object.keys(dumpColumns[table as DumpTable]);
  const found = row.data as readonly unknown[];
  return { table: table as DumpTable, row: Object.fromEntries(columns.map((column, at) => [column, found[at]])) };
}

function json(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new CommandError(`Line ${number} is cut or no JSON: the file is damaged. Nothing was imported.`);
  }
}

import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CommandError } from './command-error';

const USAGE = `npm run --silent history -- export [--from TIME] [--output FILE]
npm run --silent history -- export --format csv [--from TIME] [--to TIME] [--output FILE]
npm run history -- import FILE [--replace]
npm run history -- vacuum
npm run history -- verify

The record is the one of LICTOR_DATABASE_URL, else of LICTOR_DATA_DIR (./data). TIME is ISO 8601. An export is lines of JSON with all that the record holds, and import takes it;
csv is a table of the transitions. FILE - is standard input.`;

export type Command =
  | {
      readonly verb: 'export';
      readonly fromMs: number | null;
      readonly toMs: number | null;
      readonly format: 'jsonl' | 'csv';
      /** Null: standard output. */
      readonly output: string | null;
    }
  | { readonly verb: 'import'; readonly file: string; readonly replace: boolean }
  | { readonly verb: 'vacuum' | 'verify' };

/** @throws CommandError where the arguments name no command */
export function readCommand(args: string[]): Command {
  try {
    const [verb, ...rest] = args;
    const { values, positionals } = parseArgs({ args: rest, allowPositionals: true, options: optionsOf(verb) });
    if (verb === 'export' && positionals.length === 0) return exportCommand(values);
    const [file] = positionals;
    if (verb === 'import' && file !== undefined && positionals.length === 1)
      return { verb, file, replace: values.replace === true };
    if ((verb === 'vacuum' || verb === 'verify') && positionals.length === 0) return { verb };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
  throw new CommandError(USAGE);
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options'];

function optionsOf(verb: string | undefined): NonNullable<Options> {
  if (verb === 'import') return { replace: { type: 'boolean' } };
  if (verb !== 'export') return {};
  return { from: { type: 'string' }, to: { type: 'string' }, format: { type: 'string' }, output: { type: 'string' } };
}

const exportSchema = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
  output: z.string().min(1).optional(),
});

function exportCommand(values: unknown): Command {
  const read = exportSchema.safeParse(values);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new CommandError(`--${issue?.path.join('.')}: ${issue?.message}\n\n${USAGE}`);
  }
  const { from, to, format, output = null } = read.data;
  const fromMs = from === undefined ? null : Date.parse(from);
  const toMs = to === undefined ? null : Date.parse(to);
  if (toMs !== null && format === 'jsonl')
    throw new CommandError('--to goes with --format csv: what can be imported again ends where the record ends.');
  if (fromMs !== null && toMs !== null && fromMs >= toMs) throw new CommandError('--from is not before --to.');
  return { verb: 'export', fromMs, toMs, format, output };
}

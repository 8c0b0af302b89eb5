import { createReadStream } from 'node:fs';
import { CommandError } from './command-error';

/**
 * The lines of a text file without their ends, read on only as they are asked for (Node's `readline` loses those that come before anybody asks).
 *
 * @param file `-` is standard input
 * @throws CommandError where it cannot be read
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  input.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of input) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (rest !== '') yield rest;
}

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { FoundRules, RulesOrigin } from './rules-origin';

const LOOK_EVERY_MS = 2_000;
/** What was just written is looked at once more after so long: an editor empties a file before it writes. */
const SETTLE_MS = 250;
/** It is not even read when it is larger. */
const MOST_BYTES = 1_000_000;

/** Rules in a file, which is read again when it changes. Lictor never writes it. */
export class RulesFile implements RulesOrigin {
  readonly saveRefusal: string;
  lookAgainMs = LOOK_EVERY_MS;
  /** The file as it was taken last, and as it was last seen. */
  #taken: string | null = null;
  #seen: string | null = null;

  /** @param name its absolute path */
  constructor(readonly name: string) {
    this.saveRefusal = `The rules stand in the file ${name}: change it there, and Lictor reads it within seconds.`;
  }

  async look(): Promise<FoundRules | null> {
    this.lookAgainMs = LOOK_EVERY_MS;
    try {
      const mark = await markOf(this.name);
      if (mark === this.#taken) return null;
      if (this.#taken !== null && mark !== this.#seen) {
        this.#seen = mark;
        this.lookAgainMs = SETTLE_MS;
        return null;
      }
      const text = await readFile(this.name, 'utf8');
      // It went on changing: the next look takes it.
      if ((await markOf(this.name)) !== mark) return null;
      this.#taken = mark;
      return { kind: 'text', text, etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 24)}"` };
    } catch (error) {
      const mark = `trouble ${reasonOf(error)}`;
      if (mark === this.#taken) return null;
      this.#taken = mark;
      return { kind: 'trouble', reason: `The file ${this.name} cannot be read: ${reasonOf(error)}.` };
    }
  }

  async save(): Promise<boolean> {
    throw new Error(this.saveRefusal);
  }
}

/** Says whether a file is another one, or was written. */
async function markOf(path: string): Promise<string> {
  const { mtimeNs, ctimeNs, size, ino, isFile } = await fileAt(path);
  if (!isFile) throw new Error('it is no file');
  if (size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES} bytes`);
  return `${mtimeNs} ${ctimeNs} ${size} ${ino}`;
}

async function fileAt(path: string) {
  const found = await stat(path, { bigint: true });
  const { mtimeNs, ctimeNs, size, ino } = found;
  return { mtimeNs, ctimeNs, size, ino, isFile: found.isFile() };
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).message;

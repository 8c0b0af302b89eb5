/** Rows or values in one statement: its parameters stay far below what either database takes, and its making is spread over many. */
const CHUNK = 400;

/** Ids that one statement looks up. */
export const READ_AT_ONCE = 4_000;

export function* chunked<T>(items: readonly T[], size = CHUNK): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

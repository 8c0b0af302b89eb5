/** A line of a diff: where it stands before and after; null on the side where it does not. */
export interface DiffLine {
  readonly before: string | null;
  readonly after: string | null;
}

/** More lines than this are not compared one with each: the table would grow with their square. */
const MOST_COMPARED = 1_500;

/** Rows of a diff side by side: equal lines face each other, a line taken away faces the one that came in its place. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const rows: DiffLine[] = [];
  let taken: string[] = [];
  let come: string[] = [];
  const flush = () => {
    for (let n = 0; n < Math.max(taken.length, come.length); n += 1) {
      rows.push({ before: taken[n] ?? null, after: come[n] ?? null });
    }
    taken = [];
    come = [];
  };
  const next = longestCommon(before, after);
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      flush();
      rows.push({ before: before[i] ?? '', after: after[j] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= after.length || (i < before.length && next(i + 1, j) >= next(i, j + 1))) {
      taken.push(before[i] ?? '');
      i += 1;
    } else {
      come.push(after[j] ?? '');
      j += 1;
    }
  }
  flush();
  return rows;
}

/** Length of the longest common subsequence of what is left from i and j on. */
function longestCommon(before: readonly string[], after: readonly string[]): (i: number, j: number) => number {
  if (before.length > MOST_COMPARED || after.length > MOST_COMPARED) return () => 0;
  const width = after.length + 1;
  const table = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      const [down, right, both] = [table[at + width] ?? 0, table[at + 1] ?? 0, table[at + width + 1] ?? 0];
      table[at] = before[i] === after[j] ? both + 1 : Math.max(down, right);
    }
  }
  return (i, j) => table[i * width + j] ?? 0;
}

/**
 * What is written as lines of text: JSON as a person reads it, a text that is JSON (a key's value) in the same way, another text as it is; nothing
 * has no lines. Key order is kept: it is what is written.
 */
export function valueLines(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'string') return JSON.stringify(value, null, 2).split('\n');
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object' && parsed !== null) return valueLines(parsed);
  } catch {
    // Not JSON: shown as the text that it is.
  }
  return value.split('\n');
}

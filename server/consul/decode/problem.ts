import type { z } from 'zod';

/** The first thing that is wrong, by its place: `Service.Port: Invalid input: expected number, received string`. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'it does not have the expected form';
  // A key of a map is hostile text; an index or a name of the schema is not. Only the latter are identifiers.
  const place = issue.path.map((part) => (/^\w{1,40}$/.test(String(part)) ? String(part) : '…')).join('.');
  return `${place === '' ? 'the whole' : place}: ${issue.message}`;
}

import { expect } from 'vitest';
import { RecordError } from '@/server/history/record-store';

/** The failure of what is done to a record, whose message is a sentence; one that is none is another failure. */
export async function failureOf(act: Promise<unknown>): Promise<RecordError> {
  const error = await act.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RecordError)) throw new Error(`It should have failed with a RecordError: ${error}`);
  expect(error.message).toMatch(/^[A-Z].*\.$/);
  return error;
}

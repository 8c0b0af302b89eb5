import type { PlannedWrite } from '@/lib/release/planned-write';
import type { Writer, Writers } from '@/server/release/writer';

/** The writer for this kind of write. */
export function writerOf(writers: Writers, write: PlannedWrite): Writer {
  // Each takes what its key in the map says; the compiler does not follow that through a union.
  return writers[write.kind] as Writer;
}

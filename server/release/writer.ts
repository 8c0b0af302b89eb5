import type { Place } from '@/lib/release/place';
import type { PlannedWrite, WriteKind, WriteOf } from '@/lib/release/planned-write';

export type { Place };

/** Carries out one kind of write, and takes it back. Knows nothing of mechanisms, plans or the journal. */
export interface Writer<Write extends PlannedWrite = PlannedWrite> {
  /** What stands there now. @throws ConsulError */
  look(write: Write, signal: AbortSignal): Promise<Place>;
  /**
   * Puts `after` where `before` still stands. `lost`: something else stands there, and nothing was written.
   * @throws ConsulError also where it is not known whether it was written: `look` tells
   */
  write(write: Write, signal: AbortSignal): Promise<'written' | 'lost'>;
  /**
   * Puts back what stood before, exactly, where `after` still stands; where Consul cannot take a thing away under compare-and-set, a neutral one that
   * does the same as none.
   * @throws ConsulError
   */
  restore(write: Write, signal: AbortSignal): Promise<'restored' | 'lost'>;
}

/** A writer for each kind of write. */
export type Writers = { readonly [Kind in WriteKind]: Writer<WriteOf<Kind>> };

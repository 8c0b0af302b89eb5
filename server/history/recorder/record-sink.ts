import type { Transition } from '@/lib/history/transition';
import type { GapChange } from '@/server/history/record-store';

/** Takes what is to be written, in order. */
export interface RecordSink {
  transitions(some: readonly Transition[]): void;
  gap(change: GapChange): void;
}

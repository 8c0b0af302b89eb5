import type { Transition } from '@/lib/history/transition';
import type { TransitionOrigin } from '@/lib/history/transition-origin';
import type { RecordWriter } from '@/server/history/record-store';

/** What the record last knew of a subject. */
export interface LastRecorded<State> {
  readonly state: State;
  readonly lastIndex: number | null;
}

/** What there is to know of one kind of subject (services, nodes) to bring its record up to the present. */
export interface RecordedKind<State> {
  readonly names: (dc: string) => readonly string[];
  readonly present: (dc: string, name: string) => State | undefined;
  /** It is listed, but was not read: nothing can be said of it. */
  readonly isUnread: (state: State) => boolean;
  readonly recorded: (writer: RecordWriter, dc: string, name: string) => Promise<LastRecorded<State> | undefined>;
  readonly difference: (
    dc: string,
    name: string,
    previous: State | undefined,
    next: State | undefined,
    origin: TransitionOrigin,
  ) => readonly Transition[];
}

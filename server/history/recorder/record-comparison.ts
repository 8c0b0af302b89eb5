import { setImmediate as turn } from 'node:timers/promises';
import type { RecordedNode } from '@/lib/history/recorded';
import type { ServiceState } from '@/lib/history/service-transitions';
import type { RecordWriter } from '@/server/history/record-store';
import { catchUpTransitions } from './catch-up';
import type { DatacenterLedger } from './datacenter-ledger';
import type { RecordSink } from './record-sink';
import type { LastRecorded, RecordedKind } from './recorded-kind';
import type { SubjectLedger } from './subject-ledger';

/** Records that are read at a time. */
const READ_AT_A_TIME = 16;
/** Of these, how many are compared before others have their turn. */
const COMPARED_A_TURN = 3;
/** So often a record that is ahead of what was seen is waited for: then it is Consul's index that went back. */
const LAGS_AT_MOST = 20;

export interface ComparisonOptions {
  readonly services: RecordedKind<ServiceState>;
  readonly nodes: RecordedKind<RecordedNode>;
  /** All of the datacenter was read, with the right to see it: what the present does not have is gone. */
  readonly seesAll: (ledger: DatacenterLedger) => boolean;
  /** ms since 1970 by the machine's clock. */
  readonly wallMs: () => number;
  readonly sink: RecordSink;
}

/** Brings the record of one datacenter's subjects up to the present, one after the other. */
export class RecordComparison {
  constructor(private readonly options: ComparisonOptions) {}

  /** Nothing is left that could be compared now. */
  isInStep(ledger: DatacenterLedger): boolean {
    const { services, nodes } = this.options;
    const waits = <State>(subjects: SubjectLedger<State>, kind: RecordedKind<State>) =>
      subjects.openNames.some((name) => this.#isComparable(ledger, kind, name));
    return ledger.isLoaded && !waits(ledger.services, services) && !waits(ledger.nodes, nodes);
  }

  /**
   * @param goesOn false where what is known of the record is void, or no more can be taken
   * @throws RecordError
   */
  async run(ledger: DatacenterLedger, writer: RecordWriter, goesOn: () => boolean): Promise<void> {
    const { services, nodes } = this.options;
    if (!ledger.isLoaded) {
      const recorded = await writer.recordedNames(ledger.dc);
      if (!goesOn()) return;
      ledger.services.compare([...recorded.services, ...services.names(ledger.dc)]);
      ledger.nodes.compare([...recorded.nodes, ...nodes.names(ledger.dc)]);
      ledger.isLoaded = true;
    }
    await this.#compareAll(ledger, ledger.services, services, writer, goesOn);
    await this.#compareAll(ledger, ledger.nodes, nodes, writer, goesOn);
  }

  async #compareAll<State>(
    ledger: DatacenterLedger,
    subjects: SubjectLedger<State>,
    kind: RecordedKind<State>,
    writer: RecordWriter,
    goesOn: () => boolean,
  ): Promise<void> {
    const names = subjects.openNames.filter((name) => this.#isComparable(ledger, kind, name));
    for (let at = 0; at < names.length && goesOn(); at += READ_AT_A_TIME) {
      const some = names.slice(at, at + READ_AT_A_TIME);
      const recorded = await Promise.all(some.map((name) => kind.recorded(writer, ledger.dc, name)));
      for (const [number, name] of some.entries()) {
        // Fifty instances that nobody recorded before are fifty texts to be made.
        if (number % COMPARED_A_TURN === COMPARED_A_TURN - 1) await turn();
        if (!goesOn()) return;
        this.#compare(ledger, subjects, kind, name, recorded[number]);
      }
    }
  }

  #compare<State>(
    ledger: DatacenterLedger,
    subjects: SubjectLedger<State>,
    kind: RecordedKind<State>,
    name: string,
    recorded: LastRecorded<State> | undefined,
  ): void {
    const { dc, recordedUntilMs, isCovered } = ledger;
    const held = subjects.held(name);
    const seen = held.observations.at(-1)?.index ?? null;
    const lastIndex = recorded?.lastIndex ?? null;
    // Another replica wrote what this one is about to see.
    if (lastIndex !== null && seen !== null && seen < lastIndex && held.lags < LAGS_AT_MOST) {
      subjects.lagged(name);
      return;
    }
    subjects.settle(name);
    const facts = { dc, name, kind, recorded, held, recordedUntilMs, isCovered };
    const nowMs = this.options.wallMs();
    this.options.sink.transitions(catchUpTransitions({ ...facts, present: kind.present(dc, name), nowMs }));
  }

  #isComparable<State>(ledger: DatacenterLedger, kind: RecordedKind<State>, name: string): boolean {
    const present = kind.present(ledger.dc, name);
    return present === undefined ? this.options.seesAll(ledger) : !kind.isUnread(present);
  }
}

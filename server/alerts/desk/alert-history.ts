import type { AlertBody, AlertSubject } from '@/lib/alerts/alert-body';
import { datacenterSubject, lictorSubject, nodeSubject, serviceSubject } from '@/lib/history/subjects';
import type { RecordedTransition, Subject } from '@/lib/history/transition';

/** The record as far as alerts are in it. Each method rejects with an error whose message is a sentence. */
export interface AlertRecordReader {
  /** Transitions of the kind `alert` in a span of time, the newest first; of one datacenter or service, or all (null). */
  alerts(query: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly dc: string | null;
    readonly service: string | null;
    readonly limit: number;
  }): Promise<readonly RecordedTransition[]>;
}

type Happened = AlertBody['history'][number];

export const MOST_TOLD = 200;
/** What was sent is remembered for so many alerts, of each the newest. */
const MOST_ALERTS = 2_000;
const MOST_SENT = 50;
/** The record keeps alerts of its datacenter among those of others: so many are looked at. */
const MOST_READ = 2_000;
const LOOK_BACK_MS = 30 * 86_400_000;

/** What happened to each alert: its states, by the record, and where this process sent it. */
export class AlertHistory {
  readonly #sent = new Map<string, Happened[]>();

  constructor(
    private readonly reader: AlertRecordReader,
    private readonly nowMs: () => number,
  ) {}

  noteSent(id: string, at: string, what: string): void {
    const told = this.#sent.get(id) ?? [];
    this.#sent.delete(id);
    this.#sent.set(id, [...told, { at, from: null, to: what }].slice(-MOST_SENT));
    for (const oldest of this.#sent.keys()) {
      if (this.#sent.size <= MOST_ALERTS) break;
      this.#sent.delete(oldest);
    }
  }

  /** The oldest first. Where the record cannot be read it is what this process knows. */
  async of(id: string, { kind, dc, name }: AlertSubject): Promise<Happened[]> {
    const nowMs = this.nowMs();
    const of = { dc: kind === 'lictor' ? null : dc, service: kind === 'service' ? name : null };
    const span = { fromMs: nowMs - LOOK_BACK_MS, toMs: nowMs + 1 };
    const read = await this.reader.alerts({ ...span, ...of, limit: MOST_READ }).catch(() => []);
    const states = read
      .filter(({ item }) => item === id)
      .map(({ observedAtMs, from, to }) => ({ at: new Date(observedAtMs).toISOString(), from, to: to ?? '' }));
    const all = [...states.reverse(), ...(this.#sent.get(id) ?? [])];
    return all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(-MOST_TOLD);
  }

  /** What fired within so many ms, by id: once for each time. */
  async firedWithin(ms: number): Promise<readonly RecordedTransition[]> {
    const nowMs = this.nowMs();
    const query = { fromMs: nowMs - ms, toMs: nowMs + 1, dc: null, service: null, limit: 5_000 };
    const read = await this.reader.alerts(query).catch(() => []);
    return read.filter(
      ({ from, to }) => to === 'firing' && (from === null || from === 'pending' || from === 'resolved'),
    );
  }
}

/** What the record calls an alert's subject. @param replica this Lictor's name */
export function recordedSubject({ kind, dc, name }: AlertSubject, replica: string): Subject {
  switch (kind) {
    case 'service':
      return serviceSubject(dc, name);
    case 'node':
      return nodeSubject(dc, name);
    case 'datacenter':
      return datacenterSubject(dc);
    case 'lictor':
      return lictorSubject(replica);
  }
}

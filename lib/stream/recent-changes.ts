import { parsePair } from '@/lib/fleet/keys';
import type { ServiceRecord, Status } from '@/lib/fleet/model';
import type { ChangeEvent } from './protocol';

/** A transition of a service; `from` null: it is new, `to` null: it was removed. */
export interface RecentChange {
  readonly dc: string;
  readonly service: string;
  readonly key: string;
  readonly from: Status | null;
  readonly to: Status | null;
  readonly observedAt: string;
  /** One answer of Consul may stand for more transitions than this one. */
  readonly merged: boolean;
  readonly seq: number;
}

const MOST = 50;

/** `recent`, newest first, with the transitions of one change event of the topic `fleet`; the same list where it has none. */
export function withRecent(recent: readonly RecentChange[], event: ChangeEvent): readonly RecentChange[] {
  const added: RecentChange[] = [];
  for (const change of event.changes) {
    // The key of a datacenter is not a pair: its freshness is no transition of a service.
    const pair = parsePair(change.key);
    const to = change.op === 'put' ? (change.value as ServiceRecord).status : null;
    if (!pair || change.from === to) continue;
    added.push({
      dc: pair.dc,
      service: pair.name,
      key: change.key,
      from: change.from,
      to,
      observedAt: event.observedAt,
      merged: change.merged,
      seq: event.seq,
    });
  }
  return added.length === 0 ? recent : [...added.reverse(), ...recent].slice(0, MOST);
}

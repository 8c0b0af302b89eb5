import { datacenterKey, serviceKey } from '@/lib/fleet/keys';
import type { ServiceRecord } from '@/lib/fleet/model';
import type { Change, ChangeEvent } from '@/lib/stream/protocol';
import { applyToService } from './apply-transition';
import { type KnownDatacenter, type PastMoment, pastDatacenterRecord } from './past-fleet';
import { pastServiceRecord } from './past-service';
import type { PastDatacenter } from './recorded';
import type { ServiceState } from './service-transitions';
import { nodeChecksOf, summarizePast, summarizeService } from './summarize-past';
import { statusKinds } from './tally-steps';
import type { Gap, RecordedTransition } from './transition';

/** What a replay holds of a datacenter while it goes on. */
interface Running {
  known: PastDatacenter & KnownDatacenter;
  readonly services: Map<string, ServiceState>;
  readonly records: Map<string, ServiceRecord>;
  readonly sinceMs: Map<string, number>;
}

/** Turns what was recorded after a past moment into the changes that a stream of the topic `fleet` would have carried. */
export class Replay {
  readonly #datacenters: Map<string, Running>;

  /** Those that the body being folded has. */
  readonly #told: Set<Running>;

  constructor(
    datacenters: PastMoment['datacenters'],
    atMs: number,
    /** Of the snapshot that it goes on from. */
    private seq: number,
    /** How far the next transition's number is from the one before it. */
    private readonly seqSpace: number,
  ) {
    this.#datacenters = new Map(datacenters.map((known) => [known.dc, running(known, atMs)]));
    this.#told = new Set(this.#datacenters.values());
  }

  /** What was seen in one moment is one event; null: a list of services shows nothing of it. */
  seen(transitions: readonly RecordedTransition[], atMs: number): ChangeEvent | null {
    const last = transitions.at(-1);
    if (!last) return null;
    const touched = new Map<string, { dc: Running; name: string; merged: boolean }>();
    const changes: Change[] = [];
    for (const transition of transitions) {
      const { subject, kind, merged } = transition;
      // Of Lictor itself; and of the topology, which may name a datacenter that nobody has seen.
      if (subject.dc === '' || kind === 'edge' || kind === 'failover') continue;
      const dc = this.#datacenters.get(subject.dc) ?? this.#begin(subject.dc, atMs);
      if (!this.#told.has(dc)) changes.push(this.#tell(dc, atMs));
      if (subject.kind === 'datacenter') changes.push(...changeOfDatacenter(dc, transition, atMs));
      if (subject.kind === 'instance' && statusKinds.includes(kind)) dc.sinceMs.set(subject.key, atMs);
      if (subject.service === null) continue;
      const next = applyToService(dc.services.get(subject.service), transition);
      if (next) dc.services.set(subject.service, next);
      else dc.services.delete(subject.service);
      const key = serviceKey(subject.dc, subject.service);
      touched.set(key, { dc, name: subject.service, merged: merged || (touched.get(key)?.merged ?? false) });
    }
    for (const [key, { dc, name, merged }] of touched) changes.push(...changeOfService(dc, key, name, merged, atMs));
    return changes.length > 0 ? this.#event(atMs, last.index, changes, last.id * this.seqSpace) : null;
  }

  /** A gap of a datacenter begins, or ends. */
  gapEdge(gap: Gap, atMs: number): ChangeEvent | null {
    const dc = this.#datacenters.get(gap.dc) ?? this.#begin(gap.dc, atMs);
    this.#told.add(dc);
    dc.known = { ...dc.known, gap: gap.toMs !== null && gap.toMs <= atMs ? null : gap };
    return this.#event(atMs, null, [datacenterChange(dc, atMs)], 0);
  }

  /** A datacenter that the record did not know before. */
  #begin(dc: string, atMs: number): Running {
    const known = { dc, freshness: null, freshnessSinceMs: null, leader: null, gap: null };
    const begun = running({ ...known, services: [], nodes: [], sinceMs: new Map() }, atMs);
    this.#datacenters.set(dc, begun);
    return begun;
  }

  /** Services are folded into a datacenter that is there already. */
  #tell(dc: Running, atMs: number): Change {
    this.#told.add(dc);
    return datacenterChange(dc, atMs);
  }

  #event(atMs: number, index: number | null, changes: readonly Change[], seq: number): ChangeEvent {
    this.seq = Math.max(this.seq + 1, seq);
    const at = new Date(atMs).toISOString();
    return { topic: 'fleet', seq: this.seq, at, observedAt: at, index, changes };
  }
}

function running(known: Running['known'], atMs: number): Running {
  const records = summarizePast(known).services.map((service): [string, ServiceRecord] => [
    serviceKey(known.dc, service.name),
    pastServiceRecord(service, { dc: known.dc, atMs }),
  ]);
  return {
    known,
    services: new Map(known.services.map((service) => [service.name, service])),
    records: new Map(records),
    sinceMs: new Map(known.sinceMs),
  };
}

function changeOfDatacenter(dc: Running, { kind, to }: RecordedTransition, atMs: number): Change[] {
  if (kind === 'freshness') dc.known = { ...dc.known, freshness: to, freshnessSinceMs: atMs };
  else if (kind === 'leader') dc.known = { ...dc.known, leader: to };
  else return [];
  return [datacenterChange(dc, atMs)];
}

function datacenterChange({ known }: Running, atMs: number): Change {
  const value = pastDatacenterRecord(known, atMs);
  return { key: datacenterKey(known.dc), op: 'put', value, from: null, merged: false };
}

function changeOfService(dc: Running, key: string, name: string, merged: boolean, atMs: number): Change[] {
  const before = dc.records.get(key);
  const state = dc.services.get(name);
  const from = before?.status ?? null;
  if (!state) {
    dc.records.delete(key);
    return before ? [{ key, op: 'remove', value: null, from, merged }] : [];
  }
  const summary = summarizeService(name, state, dc.sinceMs, nodeChecksOf(dc.known));
  const service = pastServiceRecord(summary, { dc: dc.known.dc, atMs });
  const lasts = before?.status === service.status;
  const began = lasts ? before : { since: new Date(atMs).toISOString(), sinceAtLeast: false };
  const value: ServiceRecord = { ...service, since: began.since, sinceAtLeast: began.sinceAtLeast };
  dc.records.set(key, value);
  return [{ key, op: 'put', value, from, merged }];
}

import { parsePair, serviceKey } from '@/lib/fleet/keys';
import type { Instance } from '@/lib/fleet/model';
import type { Drift, SplitRecord } from '@/lib/release/split-body';
import { ConsulError } from '@/server/consul/consul-error';
import type { SplitSubject } from '@/server/release/actuator';
import type { BookEntry } from './book-entry';
import type { DeskParts } from './desk-parts';
import type { ServiceWishes } from './service-wishes';
import { driftOf } from './split-drift';
import { splitRecord } from './split-record';
import type { WriteGate } from './write-gate';

/** What a split is made of, joined: the fleet, what was read of Consul, what was wished, what is observed, and whether anything may be written. */
export class SplitView {
  constructor(
    private readonly parts: DeskParts,
    private readonly wishes: ServiceWishes,
    private readonly gate: WriteGate,
  ) {}

  instances(key: string): readonly Instance[] {
    return this.parts.fleet.service(key)?.instances ?? [];
  }

  subject(dc: string, name: string): SplitSubject {
    const key = serviceKey(dc, name);
    const stages = this.wishes.wishOf(key)?.record?.stages ?? {};
    return { dc, name, stages, instances: this.instances(key), versionMetaKeys: this.parts.versionMetaKeys };
  }

  record({ key, dc, name, reading, drift, missing, record }: BookEntry): SplitRecord {
    const { observed, journal } = this.parts;
    return splitRecord({
      ...{ key, dc, name, reading, drift, missing, previous: record, instances: this.instances(key) },
      wish: this.wishes.wishOf(key),
      observe: (versions, mechanism) => observed.of(dc, name, versions, mechanism),
      unfinished: journal.unfinished(dc, name),
      writeRefusal: this.#writeRefusal(this.gate.refusal(dc), key),
      nowMs: Date.parse(this.nowIso()),
    });
  }

  /** A datacenter that does not answer, or whose primary does not, would hold everybody else up. */
  isReadable(dc: string): boolean {
    const { fleet, consul } = this.parts;
    const primary = consul.primaryOf(dc) ?? dc;
    // A primary that is not watched may well answer.
    return (
      fleet.datacenter(dc)?.freshness.state === 'live' &&
      (fleet.datacenter(primary)?.freshness.state ?? 'live') === 'live'
    );
  }

  /** Those whose record anything but a new reading has changed. Asked of every service each second: what a datacenter has in common is asked once. */
  outdated(entries: readonly BookEntry[]): readonly BookEntry[] {
    const refusals = new Map<string, string | null>();
    const refusalOf = (dc: string) => {
      if (!refusals.has(dc)) refusals.set(dc, this.gate.refusal(dc));
      return refusals.get(dc) ?? null;
    };
    return entries.filter(({ dc, name, record }) => {
      if (record === null) return false;
      const { verdict, unfinished, writeRefusal } = record;
      // Only time makes of it that nothing moves.
      if (verdict.state === 'moving' || unfinished !== this.parts.journal.unfinished(dc, name)) return true;
      return writeRefusal !== this.#writeRefusal(refusalOf(dc), record.key);
    });
  }

  /**
   * In what the reading of an entry differs from what was wished. What looks like a new drift may be a plan that is under way, or one whose wish has not come yet,
   * so the journal is asked; undefined: that cannot be told now, and is to be asked again.
   */
  async drift(entry: BookEntry, signal: AbortSignal): Promise<Drift | null | undefined> {
    const drift = this.#driftOf(entry);
    if (drift === null || entry.drift !== null) return drift;
    const { key } = entry;
    try {
      if (await this.#isUnderWay(key, signal)) return undefined;
      await this.wishes.refresh(key, signal);
    } catch (error) {
      if (!(error instanceof ConsulError)) throw error;
      // Who may not read the journal has nothing but what stands.
      if (!error.denied) return undefined;
    }
    return this.#driftOf(entry);
  }

  /** Whoever moves it by the mesh in another datacenter moves it here. */
  async #isUnderWay(key: string, signal: AbortSignal): Promise<boolean> {
    const asked = this.wishes.keysBeside(key).map(async (one) => {
      const pair = parsePair(one);
      return pair !== null && this.parts.journal.isUnderWay(pair.dc, pair.name, signal);
    });
    return (await Promise.all(asked)).some(Boolean);
  }

  nowIso(): string {
    const { clock } = this.parts;
    return clock.iso(clock.now());
  }

  #writeRefusal(gate: string | null, key: string): string | null {
    const trouble = this.wishes.denied ?? this.wishes.wishOf(key)?.trouble ?? null;
    return gate && trouble ? `${gate} ${trouble}` : gate || trouble || null;
  }

  #driftOf({ key, dc, name, reading, drift }: BookEntry): Drift | null {
    if (reading === null) return null;
    return driftOf({ dc, name, reading, wish: this.wishes.wishOf(key), previous: drift, now: this.nowIso() });
  }
}

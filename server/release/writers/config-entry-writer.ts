import { z } from 'zod';
import type { JsonObject } from '@/lib/release/json';
import { lostSubsets } from '@/lib/release/mesh/named-subsets';
import { keptEntry, restoredEntry } from '@/lib/release/mesh/neutral-entry';
import { type ConsulRefusal, refusalOf } from '@/lib/release/mesh/refusal-of';
import { isSameEntry } from '@/lib/release/mesh/same-entry';
import type { WriteOf } from '@/lib/release/planned-write';
import { type Clock, systemClock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { assertStatus } from '@/server/consul/read';
import { readConfigEntry } from '@/server/release/mesh/config-entry-source';
import { WritingPlaces } from '@/server/release/mesh/writing-places';
import type { ReleaseConsul } from '@/server/release/release-consul';
import type { Place, Writer } from '@/server/release/writer';
import { copiesLetGo } from './copies-let-go';

type EntryWrite = WriteOf<'config-entry'>;

/** Longer than Consul's own patience with servers that have no leader (7 s). */
const LIMIT_MS = 10_000;

/** Configuration entries by compare-and-set, never by deletion: Consul before 1.11 deletes whatever stands. */
export class ConfigEntryWriter implements Writer<EntryWrite> {
  readonly #places: WritingPlaces;

  constructor(
    private readonly consul: Pick<ReleaseConsul, 'transportOf' | 'copiesOf'>,
    private readonly clock: Clock = systemClock,
  ) {
    this.#places = new WritingPlaces(consul);
  }

  async look(write: EntryWrite, signal: AbortSignal): Promise<Place> {
    const { image } = await this.#read(write, signal);
    return placeOf(write, image);
  }

  async write(write: EntryWrite, signal: AbortSignal): Promise<'written' | 'lost'> {
    const result = await this.#put(write, write.after, write.index, signal);
    if (result instanceof RefusedByConsul) throw result.error;
    return result ? 'written' : 'lost';
  }

  async restore(write: EntryWrite, signal: AbortSignal): Promise<'restored' | 'lost'> {
    const { image, index } = await this.#read(write, signal);
    const place = placeOf(write, image);
    if (place !== 'after') return place === 'before' ? 'restored' : 'lost';
    const kept = keptEntry(write);
    if (kept === null || (await this.#isFree(write, signal))) {
      const result = await this.#put(write, restoredEntry(write), index, signal);
      if (!(result instanceof RefusedByConsul)) return result ? 'restored' : 'lost';
      if (kept === null) throw result.error;
    }
    const result = await this.#put(write, kept, index, signal);
    if (result instanceof RefusedByConsul) throw result.error;
    return result ? 'restored' : 'lost';
  }

  /** Whether no other datacenter needs what was written any more; the own one says so itself. */
  async #isFree(write: EntryWrite, signal: AbortSignal): Promise<boolean> {
    if (write.entryKind !== 'service-resolver') return true;
    const subsets = lostSubsets(write.after, restoredEntry(write));
    return (
      subsets.length === 0 ||
      copiesLetGo(
        { consul: this.consul, clock: this.clock },
        { primary: write.dc, service: write.name, subsets },
        signal,
      )
    );
  }

  #read({ dc, entryKind, name }: EntryWrite, signal: AbortSignal) {
    return readConfigEntry(this.consul.transportOf(dc), { dc, kind: entryKind, name }, signal);
  }

  /** Whether the entry had this index still, and was written. */
  async #put(
    { dc, entryKind, target }: EntryWrite,
    entry: JsonObject,
    index: number,
    signal: AbortSignal,
  ): Promise<boolean | RefusedByConsul> {
    const obstacle = await this.#places.obstacle(dc, signal);
    if (obstacle !== null) throw new ConsulError('tenancy', `${target} was not written. ${obstacle}`);
    const answer = await this.consul.transportOf(dc).request({
      path: '/v1/config',
      query: { dc, cas: String(index) },
      method: 'PUT',
      body: JSON.stringify(entry),
      timeoutMs: LIMIT_MS,
      signal,
    });
    const refusal = answer.status === 500 ? refusalOf(answer.body.toString('utf8'), entryKind) : null;
    if (refusal !== null) return new RefusedByConsul(target, refusal);
    assertStatus(answer);
    return wholeBody(answer, z.boolean());
  }
}

function placeOf(write: EntryWrite, image: JsonObject | null): Place {
  if (image === null) return write.before === null ? 'before' : 'other';
  if (isSameEntry(image, write.after)) return 'after';
  const kept = keptEntry(write);
  const isBefore = isSameEntry(image, restoredEntry(write)) || (kept !== null && isSameEntry(image, kept));
  return isBefore ? 'before' : 'other';
}

/** Consul took the request and refuses the entry. */
class RefusedByConsul {
  readonly error: ConsulError;

  constructor(target: string, { meaning }: ConsulRefusal) {
    this.error = new ConsulError('status', `Consul refused ${target}, and nothing was written there: ${meaning}.`, {
      status: 500,
    });
  }
}

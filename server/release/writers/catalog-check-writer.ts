import type { JsonObject } from '@/lib/release/json';
import type { WriteOf } from '@/lib/release/planned-write';
import { withoutIndexes } from '@/lib/release/weights/same-definition';
import type { ReleaseConsul } from '@/server/release/release-consul';
import type { Place, Writer } from '@/server/release/writer';
import { transact } from './catalog-transaction';

type Write = WriteOf<'catalog-check'>;

/** Puts the check of an instance that no agent owns into the catalog, or takes it away, under compare-and-set. */
export class CatalogCheckWriter implements Writer<Write> {
  constructor(private readonly consul: ReleaseConsul) {}

  async look(write: Write, signal: AbortSignal): Promise<Place> {
    return placeOf(write, await this.#present(write, signal));
  }

  async write(write: Write, signal: AbortSignal): Promise<'written' | 'lost'> {
    return (await this.#put(write, write.after, write.index, signal)) ? 'written' : 'lost';
  }

  async restore(write: Write, signal: AbortSignal): Promise<'restored' | 'lost'> {
    const present = await this.#present(write, signal);
    const place = placeOf(write, present);
    if (place !== 'after') return place === 'before' ? 'restored' : 'lost';
    const index = typeof present?.ModifyIndex === 'number' ? present.ModifyIndex : 0;
    return (await this.#put(write, write.before, index, signal)) ? 'restored' : 'lost';
  }

  /** @param check null: none. @returns false where another index stood there */
  async #put(write: Write, check: JsonObject | null, index: number, signal: AbortSignal): Promise<boolean> {
    const { dc, node, checkId, id } = write;
    const place = { Node: node, CheckID: checkId, ServiceID: id, ModifyIndex: index };
    const operation =
      check === null
        ? ({ Check: { Verb: 'delete-cas', Check: place } } as const)
        : ({ Check: { Verb: 'cas', Check: { ...withoutIndexes(check), ...place } } } as const);
    return (await transact(this.consul.transportOf(dc), dc, operation, signal)) !== 'lost';
  }

  async #present({ dc, node, checkId }: Write, signal: AbortSignal): Promise<JsonObject | null> {
    const get = { Check: { Verb: 'get', Check: { Node: node, CheckID: checkId } } } as const;
    const present = await transact(this.consul.transportOf(dc), dc, get, signal);
    return typeof present === 'string' ? null : present;
  }
}

function placeOf({ before, after }: Write, present: JsonObject | null): Place {
  if (sameCheck(present, after)) return 'after';
  return sameCheck(present, before) ? 'before' : 'other';
}

/** What a check says; the rest of it follows from its service. */
const SAID = ['Name', 'Status', 'Notes', 'Output', 'ServiceID'];

function sameCheck(left: JsonObject | null, right: JsonObject | null): boolean {
  if (left === null || right === null) return left === right;
  return SAID.every((name) => (left[name] ?? '') === (right[name] ?? ''));
}

import type { JsonObject } from '@/lib/release/json';
import type { WriteOf } from '@/lib/release/planned-write';
import { carriedByTransaction } from '@/lib/release/weights/carried-by-transaction';
import { sameDefinition } from '@/lib/release/weights/same-definition';
import { ConsulError } from '@/server/consul/consul-error';
import { read } from '@/server/consul/read';
import type { ConsulTransport } from '@/server/consul/transport';
import type { ReleaseConsul } from '@/server/release/release-consul';
import type { Place, Writer } from '@/server/release/writer';
import { transact } from './catalog-transaction';

type Write = WriteOf<'catalog-service'>;

const LIMIT_MS = 5_000;

/**
 * Writes the definition of an instance that no agent owns. By a transaction under compare-and-set where that keeps every field; else, as the catalog's own
 * registration has no comparison, by reading, comparing, writing whole and reading again.
 */
export class CatalogServiceWriter implements Writer<Write> {
  constructor(private readonly consul: ReleaseConsul) {}

  async look(write: Write, signal: AbortSignal): Promise<Place> {
    const present = await this.#present(write, signal);
    if (present === null) return 'other';
    if (sameDefinition(present, write.after)) return 'after';
    return sameDefinition(present, write.before) ? 'before' : 'other';
  }

  async write(write: Write, signal: AbortSignal): Promise<'written' | 'lost'> {
    const { before, after, index } = write;
    if (isCarried(write)) return (await this.#compareAndSet(write, after, index, signal)) ? 'written' : 'lost';
    const present = await this.#present(write, signal);
    if (present === null || indexOf(present) !== index || !sameDefinition(present, before)) return 'lost';
    return (await this.#putWhole(write, after, signal)) ? 'written' : 'lost';
  }

  async restore(write: Write, signal: AbortSignal): Promise<'restored' | 'lost'> {
    const { before, after } = write;
    const present = await this.#present(write, signal);
    if (present === null) return 'lost';
    if (sameDefinition(present, before)) return 'restored';
    if (!sameDefinition(present, after)) return 'lost';
    const put = isCarried(write)
      ? this.#compareAndSet(write, before, indexOf(present), signal)
      : this.#putWhole(write, before, signal);
    return (await put) ? 'restored' : 'lost';
  }

  /** @returns false where another index stood there */
  async #compareAndSet(write: Write, definition: JsonObject, index: number, signal: AbortSignal): Promise<boolean> {
    const { dc, node } = write;
    const Service = { ...definition, ModifyIndex: index };
    const stands = await transact(
      this.#transport(write),
      dc,
      { Service: { Verb: 'cas', Node: node, Service } },
      signal,
    );
    if (stands === null || typeof stands === 'string') return false;
    // A version of Consul that drops a field which others keep is told by what it answers.
    return sameDefinition(stands, definition) || this.#putWhole(write, definition, signal);
  }

  /** @returns false where somebody else wrote in the same moment */
  async #putWhole(write: Write, definition: JsonObject, signal: AbortSignal): Promise<boolean> {
    const { dc, node } = write;
    await read(this.#transport(write), {
      ...{ path: '/v1/catalog/register', query: { dc }, method: 'PUT', timeoutMs: LIMIT_MS, signal },
      body: JSON.stringify({ Node: node, SkipNodeUpdate: true, Service: definition }),
      decode: () => null,
    });
    const present = await this.#present(write, signal);
    if (present === null) return false;
    if (sameDefinition(present, definition)) return true;
    if (!sameDefinition({ ...present, Weights: null }, { ...definition, Weights: null })) throw changedByConsul(write);
    return false;
  }

  async #present(write: Write, signal: AbortSignal): Promise<JsonObject | null> {
    const { dc, node, id } = write;
    const get = { Service: { Verb: 'get', Node: node, Service: { ID: id } } } as const;
    const present = await transact(this.#transport(write), dc, get, signal);
    return typeof present === 'string' ? null : present;
  }

  #transport({ dc }: Write): ConsulTransport {
    return this.consul.transportOf(dc);
  }
}

const isCarried = ({ before, after }: Write): boolean => carriedByTransaction(before) && carriedByTransaction(after);

const indexOf = ({ ModifyIndex }: JsonObject): number => (typeof ModifyIndex === 'number' ? ModifyIndex : 0);

const changedByConsul = ({ target }: Write): ConsulError =>
  new ConsulError(
    'status',
    `${target}: after it was written the catalog shows fields that nobody asked for; somebody else wrote it in the same moment, or this Consul drops some. Compare it with the preview.`,
    { status: 200 },
  );

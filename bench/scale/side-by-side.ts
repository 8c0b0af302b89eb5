import { setTimeout as wait } from 'node:timers/promises';
import { type BareInstance, bareBlockingQuery } from '@/bench/measure/bare-query';
import type { CatalogInstance, CatalogWriter } from '@/bench/measure/catalog-writer';
import { LARGE_DC } from '@/bench/measure/large-world';
import { streamClient } from '@/bench/measure/stream-client';
import { until } from '@/e2e/world/until';
import { serviceKey } from '@/lib/fleet/keys';
import type { ServiceRecord } from '@/lib/fleet/model';

const DEADLINE_MS = 120_000;
/** Between changes: Lictor sends 20 frames a second, and one that follows at once would wait for the next. The storm is what `fanout` measures. */
const REST_MS = 100;

/** What makes a change seen, and when each observer first saw it. */
interface Round {
  readonly service: string;
  readonly seenByBare: (instance: BareInstance) => boolean;
  readonly seenByStream: (record: ServiceRecord) => boolean;
  bare?: number;
  stream?: number;
}

/** A stream client of topic `fleet` and bare blocking queries, which look at the same services at the same time. */
export class SideBySide {
  readonly #stops: (() => void)[] = [];
  readonly #waiting = new Set<string>();
  #round: Round | null = null;

  /** Resolves once a bare query waits on each of `services`. */
  static async open(lictor: string, consul: string, services: readonly string[]): Promise<SideBySide> {
    const both = new SideBySide();
    for (const service of services) both.#watchBare(consul, service);
    both.#watchStream(lictor);
    const all = () => both.#waiting.size === services.length;
    await until('the bare queries to wait', all, { deadlineMs: DEADLINE_MS });
    return both;
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  /** Flips an instance's own check. @returns how long after the bare query the stream client knew, ms */
  flip(writer: CatalogWriter, instance: CatalogInstance, status: 'critical' | 'passing'): Promise<number> {
    const round: Round = {
      service: instance.service,
      seenByBare: (one) => one.id === instance.id && one.status === status,
      seenByStream: (record) => record.status === status,
    };
    return this.#play(round, () => writer.flip(instance, status));
  }

  /** Registers one instance more than the `before` that there are. */
  join(writer: CatalogWriter, like: CatalogInstance, id: string, before: number): Promise<number> {
    const round: Round = {
      service: like.service,
      seenByBare: (one) => one.id === id,
      seenByStream: (record) => record.instances === before + 1,
    };
    return this.#play(round, () => writer.put(like, { ID: id }));
  }

  /** Gives an instance another version, which nothing but the service's own health tells. */
  relabel(writer: CatalogWriter, instance: CatalogInstance, version: string): Promise<number> {
    const round: Round = {
      service: instance.service,
      seenByBare: (one) => one.version === version,
      seenByStream: (record) => Object.hasOwn(record.versions, version),
    };
    return this.#play(round, () => writer.put(instance, { Meta: { version } }));
  }

  #watchBare(consul: string, service: string): void {
    const stop = bareBlockingQuery(consul, service, (instances, atMs) => {
      this.#waiting.add(service);
      const round = this.#round;
      if (round?.service === service && instances.some(round.seenByBare)) round.bare ??= atMs;
    });
    this.#stops.push(stop);
  }

  #watchStream(lictor: string): void {
    const stop = streamClient(`${lictor}/api/v1/stream?topic=fleet`, ({ changes }, atMs) => {
      const round = this.#round;
      if (round === null) return;
      const key = serviceKey(LARGE_DC, round.service);
      const record = changes.find((change) => change.key === key)?.value as ServiceRecord | undefined;
      if (record && round.seenByStream(record)) round.stream ??= atMs;
    });
    this.#stops.push(stop);
  }

  async #play(round: Round, write: () => Promise<void>): Promise<number> {
    await wait(REST_MS);
    this.#round = round;
    await write();
    const seen = () => {
      if (round.bare === undefined) throw new Error('the bare query has not seen it');
      if (round.stream === undefined) throw new Error('the stream client has not seen it');
      return { lagMs: round.stream - round.bare };
    };
    const what = `a change of ${round.service} to be seen by both`;
    return (await until(what, seen, { deadlineMs: DEADLINE_MS, everyMs: 5 })).lagMs;
  }
}

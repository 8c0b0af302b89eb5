import { dequal } from 'dequal/lite';
import type { Mechanism } from '@/lib/release/mechanism';
import type { SplitBody, SplitPreview, SplitRecord, SplitsBody, SplitWish } from '@/lib/release/split-body';
import type { SplitQuestion } from '@/lib/release/split-question';
import { type WishRecord, wishKey } from '@/lib/release/wish-record';
import { wishSentence } from '@/lib/release/wish-sentence';
import { ConsulError } from '@/server/consul/consul-error';
import type { Outcome } from '@/server/release/journal/outcome';
import { adoptedWish } from './adopted-wish';
import type { DeskParts } from './desk-parts';
import { type DraftedPlan, draftPlan, wishRecordOf } from './drafted-plan';
import type { ReadSplit, SplitBook } from './split-book';
import { matches } from './split-etag';
import { SplitRefusal } from './split-refusal';
import type { WriteGate } from './write-gate';

export interface SplitDeskOptions
  extends Pick<
    DeskParts,
    'actuators' | 'runner' | 'clock' | 'fleet' | 'consul' | 'publisher' | 'process' | 'recorded'
  > {
  readonly book: SplitBook;
  readonly gate: WriteGate;
  /** Each plan that was carried out, or was not. */
  readonly counted: (mechanism: SplitWish['mechanism'], outcome: Outcome['kind'], ms: number) => void;
  /** A plan is written: whether it arrives where it works is to be looked at. */
  readonly written: (key: string, draft: DraftedPlan) => void;
}

/** The service, and the change's precondition: what `If-Match` brought. */
export interface SplitAddress {
  readonly dc: string;
  readonly name: string;
  /** Quotes included; null only where nothing is written. */
  readonly etag: string | null;
}

/** Where a person's wishes become plans. Each change is planned on what Consul says at that moment, and on nothing that was read before. */
export class SplitDesk {
  readonly #options: SplitDeskOptions;
  readonly #end = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: SplitDeskOptions) {
    this.#options = options;
  }

  /** What is under way is taken back, or left in the journal. */
  async stop(): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#underWay);
  }

  splits(): SplitsBody {
    return this.#options.book.body();
  }

  /** @throws SplitRefusal `unknown-service` */
  async split(dc: string, name: string): Promise<SplitBody> {
    return this.#body((await this.#read(dc, name, '', null)).record);
  }

  /** What would be written, on what stands now. @throws SplitRefusal */
  async preview(address: SplitAddress, question: SplitQuestion): Promise<SplitPreview> {
    const found = await this.#found(address, mechanismOf(question));
    const { wish, plan, warnings } = this.#draft(question, found);
    const { writes, declares, roundingError } = plan;
    return {
      mechanism: wish.mechanism,
      writes: writes.map(({ target, before, after }) => ({ target, before, after })),
      ...{ warnings: [...warnings], declares, roundingError, etag: found.record.etag },
    };
  }

  /** Writes what a question asks for. @throws SplitRefusal */
  async write(address: SplitAddress, question: SplitQuestion, by: string): Promise<SplitBody> {
    const found = await this.#opened(address, mechanismOf(question));
    const draft = this.#draft(question, found);
    const next = wishRecordOf(draft, found.wish?.record ?? null, {
      ...this.#signed(by),
      how: howOf(question),
    });
    if (draft.plan.writes.length === 0 && says(found.wish?.record, next)) return this.#body(found.record);
    const release = this.#options.book.hold(found.record.key);
    let isWritten = false;
    try {
      await this.#carryOut(found, draft.plan.writes, next);
      isWritten = true;
      return await this.#written(address);
    } finally {
      release();
      // What looks whether it has arrived keeps nobody waiting for the answer.
      if (isWritten) this.#options.written(found.record.key, draft);
    }
  }

  /** What stands, whoever wrote it, is what is wished from now on: nothing else is written. @throws SplitRefusal */
  async adopt(address: SplitAddress, by: string): Promise<SplitBody> {
    const found = await this.#opened(address);
    const next = adoptedWish(found, this.#signed(by));
    await this.#carryOut(found, [], next);
    return this.#written(address);
  }

  /** As it stands, where it may be written. */
  async #opened(address: SplitAddress, mechanism?: Mechanism): Promise<ReadSplit> {
    const closed = this.#options.gate.refusal(address.dc);
    if (closed !== null) throw new SplitRefusal('writes-closed', closed);
    const found = await this.#found(address, mechanism);
    const { unfinished } = found.record;
    if (unfinished !== null) throw new SplitRefusal('split-busy', unfinished);
    const { writeRefusal } = found.record;
    if (writeRefusal !== null) throw new SplitRefusal('writes-closed', writeRefusal);
    return found;
  }

  /** As it stands after a change. */
  async #written({ dc, name }: SplitAddress): Promise<SplitBody> {
    const meaning = 'The change is written; read it again to see what stands.';
    const { record } = await this.#read(dc, name, meaning, 'wished');
    return this.#body(record);
  }

  /**
   * @param meaning of what was written, for whoever is told that it cannot be read
   * @param moved what of it is read now, null: all of it
   */
  async #read(dc: string, name: string, meaning: string, moved: Mechanism | 'wished' | null): Promise<ReadSplit> {
    const found = await this.#options.book.readNow(dc, name, moved).catch((error: unknown) => {
      if (!(error instanceof ConsulError)) throw error;
      throw new SplitRefusal('consul-unavailable', `${error.message} ${meaning}`.trim());
    });
    if (found) return found;
    throw new SplitRefusal('unknown-service', `Consul lists no service ${name} in ${dc} now. ${meaning}`.trim());
  }

  /** @param mechanism of what is asked for, where it says so itself */
  async #found({ dc, name, etag }: SplitAddress, mechanism?: Mechanism): Promise<ReadSplit> {
    const untouched = 'Nothing was written.';
    const found = await this.#read(dc, name, untouched, mechanism ?? 'wished');
    const { record } = found;
    const moved = mechanism ?? found.wish?.record?.mechanism ?? record.mechanism ?? 'weights';
    if (etag === null || matches(etag, record.etag, moved)) return found;
    const present = await this.#read(dc, name, untouched, null);
    throw this.#stale(present.record, 'The split is another one than the caller saw, so nothing was written.');
  }

  #stale(present: SplitRecord, what: string): SplitRefusal {
    const sentence = `${what} What stands now is in this answer: look at it, and decide again.`;
    return new SplitRefusal('precondition-failed', sentence, { present });
  }

  #draft(question: SplitQuestion, found: ReadSplit): DraftedPlan {
    const { actuators } = this.#options;
    return draftPlan(question, found, actuators, (wish) => this.#versions(found, wish));
  }

  /** Entries of the mesh hold in every datacenter that copies them: a version may run in another one alone. */
  #versions({ subject, record }: ReadSplit, { mechanism }: SplitWish): string[] {
    const { consul, fleet } = this.#options;
    const primary = mechanism === 'mesh' ? consul.primaryOf(subject.dc) : null;
    const copies = primary === null ? [] : consul.copiesOf(primary);
    const keyIn = (dc: string) => record.key.replace(/^[^/]*/, encodeURIComponent(dc));
    const elsewhere = copies.flatMap((dc) => Object.keys(fleet.service(keyIn(dc))?.service.versions ?? {}));
    // A splitter may give shares to subsets that name no version, which are known by their own names.
    const declared = primary === null ? [] : Object.keys(record.declared ?? {});
    return [...new Set([...subject.instances.map(({ version }) => version), ...elsewhere, ...declared])];
  }

  async #carryOut(found: ReadSplit, writes: DraftedPlan['plan']['writes'], next: WishRecord): Promise<void> {
    const { dc, name } = found.record;
    const { clock, runner, counted, recorded } = this.#options;
    const startedMs = clock.now();
    const { mechanism, by } = next;
    const wish = { key: wishKey(dc, name), value: JSON.stringify(next) };
    const request = { dc, service: name, mechanism, by, writes: [...writes], wish };
    const running = runner.execute(request, this.#end.signal);
    this.#underWay.add(running);
    const outcome = await running.finally(() => this.#underWay.delete(running));
    counted(mechanism, outcome.kind, clock.now() - startedMs);
    if (outcome.kind === 'written') {
      recorded(dc, name, wishSentence(next));
      return;
    }
    if (outcome.kind === 'busy') throw new SplitRefusal('split-busy', outcome.sentence);
    if (outcome.kind === 'lost')
      throw this.#stale((await this.#read(dc, name, outcome.sentence, null)).record, outcome.sentence);
    recorded(dc, name, outcome.sentence);
    throw new SplitRefusal(outcome.state === 'restored' ? 'plan-failed' : 'plan-unfinished', outcome.sentence);
  }

  #body(record: SplitRecord): SplitBody {
    const { epoch, seq } = this.#options.publisher;
    return { ...record, epoch, seq, at: this.#nowIso() };
  }

  #signed(by: string): Pick<WishRecord, 'by' | 'process' | 'at'> {
    return { by, process: this.#options.process, at: this.#nowIso() };
  }

  #nowIso(): string {
    const { clock } = this.#options;
    return clock.iso(clock.now());
  }
}

const mechanismOf = (question: SplitQuestion) => ('mechanism' in question ? question.mechanism : undefined);

/** Whether the wish that is kept already says the same. */
function says(kept: WishRecord | null | undefined, next: WishRecord): boolean {
  const wished = ({ mechanism, shares, routes, failover, stages }: WishRecord) => ({
    ...{ mechanism, shares, routes, failover, stages },
  });
  return kept != null && dequal(wished(kept), wished(next));
}

function howOf(question: SplitQuestion): WishRecord['how'] {
  if ('undo' in question) return 'undone';
  return 'putBack' in question ? 'put-back' : 'moved';
}

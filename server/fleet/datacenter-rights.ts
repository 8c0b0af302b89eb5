import type { Missing } from '@/lib/fleet/disappearance';
import type { Unconfirmed } from '@/lib/fleet/model';
import { ConsulError } from '@/server/consul/consul-error';
import type { ReadRights } from '@/server/consul/read-rights';
import { RightsPoll } from '@/server/consul/rights-poll';
import { checkToken } from '@/server/consul/token-check';
import type { DatacenterContact } from './datacenter-contact';
import { confirmGone, type Wanted } from './gone-confirmation';
import { UnconfirmedNotice } from './unconfirmed-notice';
import type { WatchContext } from './watch-context';

/** From one round of confirmation to the next at the least, ms: it asks the leader. */
const ROUND_EVERY_MS = 10_000;
/** A round begins once nothing more has gone missing for so long, ms … */
const QUIET_MS = 1_000;
/** … or so long after the first: what goes on and on is confirmed in parts. */
const PATIENCE_MS = 3_000;
/** What went missing is shown as it was for so long while it is asked whether the token may read it, ms. */
const TRUSTED_FOR_MS = 3_000;
/** Out of turn rights are asked for no more often, ms … */
const ASK_AGAIN_MS = 200;
/** … and where each name has to be asked for. */
const ASK_BY_NAME_AGAIN_MS = 2_000;

export interface DatacenterRightsOptions {
  readonly context: WatchContext;
  readonly contact: DatacenterContact;
  /** Whether a token is sent: without one Consul has nothing to say about it. */
  readonly hasToken: () => boolean;
  /** What the token may read has changed, which wakes no watch: everything is to be read anew. */
  readonly onRegained: () => void;
  /** These services have instances that an answer left out wrongly. */
  readonly onThere: (services: ReadonlySet<string>) => void;
  /** What is known of the rights, or of what is missing, has changed. */
  readonly onChange: () => void;
  readonly log: { warn(details: object, message: string): void };
}

/**
 * What the token may read in one datacenter, and what that means for everything that answers no longer name: nothing that it may not read is taken for
 * gone, and nothing that is held is let go of before the token was checked and the leader has said so.
 */
export class DatacenterRights {
  readonly #poll: RightsPoll;
  readonly #end = new AbortController();
  readonly #notice: UnconfirmedNotice;
  #rights: ReadRights | null = null;
  #refused = false;
  #roundAtMs = Number.NEGATIVE_INFINITY;
  #inRound = false;

  constructor(private readonly options: DatacenterRightsOptions) {
    const { transport, dc, clock, store } = options.context;
    this.#notice = new UnconfirmedNotice(options.context, options.contact);
    this.#poll = new RightsPoll({
      ...{ transport, datacenter: dc, clock },
      names: (everything) => (everything ? store.doubts.doubtful(dc) : store.doubts.known(dc)),
      onRights: (rights) => this.#take(rights),
      onError: (error) => this.#failed(error),
    });
  }

  get unconfirmed(): Unconfirmed | null {
    return this.#notice.now;
  }

  askNow(): void {
    void this.#poll.ask();
  }

  /** A watch was refused: whether the token is known still, or only this may not be read, is asked out of turn. */
  refused(): void {
    const { clock } = this.options.context;
    if (!this.#refused && clock.now() - this.#poll.askedAtMs >= ASK_BY_NAME_AGAIN_MS) this.askNow();
  }

  /** To be called often: starts what is due. */
  tick(nowMs: number): void {
    this.#notice.look(this.options.log);
    const { dc, store } = this.options.context;
    const { askedAtMs } = this.#poll;
    const everything = this.#rights?.services && this.#rights.nodes;
    store.doubts.loseTrust(dc, nowMs - TRUSTED_FOR_MS, this.options.context.clock.iso(nowMs));
    const pauseMs = everything ? ASK_AGAIN_MS : ASK_BY_NAME_AGAIN_MS;
    if (nowMs - askedAtMs >= pauseMs && store.doubts.awaitsRight(dc, askedAtMs)) this.askNow();
    // A refused token is tried again by the poll, slowly.
    if (this.#refused || this.#inRound) return;
    if (nowMs >= this.#roundAtMs + ROUND_EVERY_MS && this.#settled(nowMs)) void this.#round(nowMs);
  }

  stop(): void {
    this.#end.abort();
    this.#poll.stop();
  }

  /** Something is missing that the token may read as far as is known, and it is time to look for it. */
  #settled(nowMs: number): boolean {
    const { instances, nodes } = this.#readable(nowMs);
    const times = [...instances.values(), ...nodes.values()].map(({ atMs }) => atMs);
    if (times.length === 0) return false;
    const oldestMs = times.reduce((a, b) => Math.min(a, b));
    const newestMs = times.reduce((a, b) => Math.max(a, b));
    return nowMs - newestMs >= QUIET_MS || nowMs - oldestMs >= PATIENCE_MS;
  }

  /** What awaits proof, went missing up to `untilMs`, and may be read. */
  #readable(untilMs: number) {
    const { instances, nodes } = this.options.context.store.doubts.held(this.options.context.dc);
    const forbidden = this.#rights?.forbidden;
    const may = (service: string | null, node: string) =>
      !(service !== null && forbidden?.services.has(service)) && !forbidden?.nodes.has(node);
    const due = ({ atMs, awaits }: Missing<unknown>) => awaits === 'proof' && atMs <= untilMs;
    return {
      instances: new Map([...instances].filter(([, one]) => due(one) && may(one.item.service, one.item.instance.node))),
      nodes: new Map([...nodes].filter(([name, one]) => due(one) && may(null, name))),
    };
  }

  async #round(startedAtMs: number): Promise<void> {
    this.#roundAtMs = startedAtMs;
    this.#inRound = true;
    try {
      await this.#confirm(startedAtMs);
    } catch (error) {
      if (this.#end.signal.aborted) return;
      const failure = error instanceof Error ? error : new Error(String(error));
      this.#failed(failure);
      this.#notice.failed(failure.message);
    } finally {
      this.#inRound = false;
    }
    if (!this.#end.signal.aborted) this.options.onChange();
  }

  /** Rights first: as long as the token may not read what is missing, an empty answer of the leader confirms nothing. */
  async #confirm(startedAtMs: number): Promise<void> {
    const { context, hasToken, onThere } = this.options;
    const { dc, transport, store, clock } = context;
    const { signal } = this.#end;
    if (hasToken()) await checkToken(transport, dc, signal);
    const rights = await this.#poll.ask();
    if (rights === null || signal.aborted) return;
    const readable = this.#readable(startedAtMs);
    const wanted: Wanted = {
      instances: new Map([...readable.instances].map(([key, { item }]) => [key, item])),
      nodes: new Set(readable.nodes.keys()),
    };
    if (wanted.instances.size + wanted.nodes.size === 0) return;
    const confirmed = await confirmGone(context, wanted, rights, signal);
    if (signal.aborted) return;
    if (confirmed === null) {
      this.#notice.failed(
        `Consul's leader in ${dc} left out its own service although the token may read everything: its servers do not agree yet, and are asked again.`,
      );
      return;
    }
    this.#notice.failed(null);
    const sighting = { at: clock.iso(clock.now()), afterGap: false };
    const from = { sighting, provenance: { index: confirmed.index, merged: true } };
    store.doubts.confirmGone(dc, confirmed.instances, confirmed.nodes, from);
    if (confirmed.there.size > 0) onThere(confirmed.there);
  }

  #take(rights: ReadRights): void {
    const { context, contact, onRegained, onChange } = this.options;
    const before = this.#rights;
    const regained = this.#refused || (before !== null && gained(before, rights));
    this.#rights = rights;
    this.#refused = false;
    contact.refused('rights', null);
    contact.mayRead(rights);
    const nowMs = context.clock.now();
    context.store.doubts.takeRights(context.dc, rights, nowMs, context.clock.iso(nowMs));
    context.unreadable(
      'rights',
      [contact.missingRights].filter((sentence) => sentence !== null),
    );
    if (regained) onRegained();
    onChange();
  }

  #failed(error: Error): void {
    const { context, contact, onChange, log } = this.options;
    context.refusedAnswer(error);
    if (!(error instanceof ConsulError)) {
      log.warn(
        { dc: context.dc, err: error },
        `What is missing from ${context.dc} could not be looked into: ${error.message}`,
      );
      return;
    }
    // That the datacenter does not answer the probe tells; that it refuses the token these questions learn first.
    if (!error.denied) return;
    this.#refused = true;
    contact.refused('rights', error.message);
    onChange();
  }
}

/** Something may be read that could not be read before. */
function gained(before: ReadRights, now: ReadRights): boolean {
  const lost = [
    ...[...before.forbidden.services].filter((name) => !now.forbidden.services.has(name)),
    ...[...before.forbidden.nodes].filter((name) => !now.forbidden.nodes.has(name)),
  ];
  return (now.services && !before.services) || (now.nodes && !before.nodes) || lost.length > 0;
}

import type { ServiceSummary } from '@/server/consul/decode/catalog-services';
import type { Records } from '@/server/consul/decode/records';
import type { WatchChange } from '@/server/consul/watch-options';
import { LatelyChanged } from './lately-changed';
import { NewestAnswers } from './newest-answers';
import { NodeCheckVersions } from './node-check-versions';
import { observedCheck } from './observed';
import { SeenIndexes } from './seen-indexes';
import { type ServiceAnswer, sightService } from './service-sighting';
import type { WatchContext } from './watch-context';

/** Takes the list of services and the answers about each into the store: each in its order, none about a service that is gone. */
export class ServiceAnswers {
  /** By name, the tags as a text. */
  #listed: ReadonlyMap<string, string> | null = null;
  /** Listed services that were not read yet. */
  readonly #awaited = new Set<string>();
  readonly #newest = new NewestAnswers();
  readonly #nodeChecks = new NodeCheckVersions();
  readonly #seen = new SeenIndexes();
  /** Services that were seen to change. */
  readonly lately = new LatelyChanged();
  #synced = false;

  constructor(private readonly context: WatchContext) {
    context.store.startFirstRead(context.dc);
  }

  /** Every service of the first list was read once, or is known to be unreadable. */
  get synced(): boolean {
    return this.#synced;
  }

  get names(): string[] {
    return [...(this.#listed?.keys() ?? [])];
  }

  get awaited(): readonly string[] {
    return [...this.#awaited];
  }

  lists(name: string): boolean {
    return this.#listed?.has(name) ?? false;
  }

  /** @returns services that are new or whose tags changed, and those that are gone. */
  list(change: WatchChange<Records<ServiceSummary>>): { changed: string[]; gone: string[] } {
    const { dc, store, clock } = this.context;
    const before = this.#listed;
    const listed = new Map(change.value.entries.map(({ name, tags }) => [name, JSON.stringify(tags)]));
    this.#listed = listed;
    if (change.index !== null && change.index < (change.previousIndex ?? 0)) {
      this.#newest.clear();
      this.#nodeChecks.clear();
    }
    const sighting = { at: clock.iso(change.atMs), afterGap: change.merged };
    const gone = [...(before?.keys() ?? [])].filter((name) => !listed.has(name));
    const unlisted = store.services(dc).filter((name) => !listed.has(name));
    store.forgetServices(dc, unlisted, sighting, change);
    for (const name of gone) this.#newest.forget(name);
    this.#nodeChecks.keepOnly((node) => store.servicesOn(dc, node).length > 0);
    for (const name of this.#awaited) if (!listed.has(name)) this.#awaited.delete(name);
    for (const name of listed.keys()) if (!store.knowsService(dc, name)) this.#awaited.add(name);
    this.#settle();
    return { changed: [...listed].filter(([name, tags]) => before?.get(name) !== tags).map(([name]) => name), gone };
  }

  /** The index of what is known of a service; null where that is nothing. */
  indexOf(name: string): number | null {
    return this.#newest.indexOf(name);
  }

  /** Whether the change of this index was seen at some service. */
  saw(index: number): boolean {
    return this.#seen.has(index);
  }

  /** What is known may be other than what the token is shown now, under the same index. */
  distrust(): void {
    this.#newest.clear();
  }

  /** What a service's own watch says: its answers come in their order. */
  takeWatched(answer: ServiceAnswer): void {
    this.#take(answer);
  }

  /** What a single read says. @returns false where it is older than what is known, and was not taken. */
  takeRead(answer: ServiceAnswer): boolean {
    if (!this.lists(answer.name)) return true;
    if (!this.#newest.admits(answer.name, answer.index)) return false;
    this.#take(answer);
    return true;
  }

  /** Listed, but not to be read now: shown as unknown rather than left out, and waited for no longer. */
  unread(name: string): void {
    const { dc, store, versionMetaKeys, clock } = this.context;
    if (!this.#awaited.delete(name)) return;
    const sighting = { at: clock.iso(clock.now()), afterGap: true };
    store.seeService(
      { ...sighting, dc, name, instances: [], unreadable: [], versionMetaKeys },
      { index: null, merged: false },
    );
    this.#settle();
  }

  #take(given: ServiceAnswer): void {
    const { context } = this;
    const { name, index } = given;
    // A late answer about a service that the list no longer names must not bring it back.
    if (!this.lists(name)) return;
    const answer = this.#upToDate(given);
    const before = context.store.serviceRecord(context.dc, name);
    sightService(context, answer, this.#synced);
    this.#newest.took(name, index);
    this.#takeNodeChecks(answer);
    this.#seen.add(index);
    const changed = context.store.serviceRecord(context.dc, name) !== before;
    if (changed && this.#synced) this.lately.note(name, context.clock.now());
    this.#awaited.delete(name);
    this.#settle();
  }

  /** The answer with what is already known of its nodes. Where the index went back nothing that was known before counts. */
  #upToDate(answer: ServiceAnswer): ServiceAnswer {
    const { name, records, index } = answer;
    const known = this.#newest.indexOf(name);
    if (index === null || known === null || index < known) return answer;
    return { ...answer, records: { ...records, entries: this.#nodeChecks.update(records.entries, index) } };
  }

  /** What an answer says of a node is true for whatever else stands there, but for what was answered since. */
  #takeNodeChecks({ name, records, index, atMs, merged }: ServiceAnswer): void {
    const { dc, store, clock } = this.context;
    for (const [node, checks] of this.#nodeChecks.take(records.entries)) {
      const changedAt = Math.max(...checks.map(({ ModifyIndex }) => ModifyIndex));
      const older = store
        .servicesOn(dc, node)
        .filter((other) => other !== name && (this.#newest.indexOf(other) ?? changedAt) < changedAt);
      const sighting = { at: clock.iso(atMs), afterGap: merged };
      store.seeNodeChecks(dc, node, older, checks.map(observedCheck), sighting, { index, merged });
    }
  }

  #settle(): void {
    if (this.#synced || this.#listed === null || this.#awaited.size > 0) return;
    this.#synced = true;
    this.context.store.endFirstRead(this.context.dc);
  }
}

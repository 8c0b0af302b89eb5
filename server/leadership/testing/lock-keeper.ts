import type { LockSighting } from '@/lib/leadership/judge-lock';
import type { LeaderRecord } from '@/lib/leadership/leader-record';
import type { Clock, Timer } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import type { SessionLeadershipOptions } from '@/server/leadership/session-leadership';
import { LOCK_DELAY_MS, SESSION_TTL_MS, type SessionLocks } from '@/server/leadership/session-locks';

/** After so long the calls of a link that is cut fail. */
const CALL_LIMIT_MS = 2_500;

type Saw = (sighting: LockSighting) => void;

/** Sessions, one key and its lock by Consul's rules, and links to it that can be cut. */
export class LockKeeper {
  readonly #sessions = new Map<string, Timer>();
  readonly #links = new Set<Link>();
  #key: LockSighting = { session: null, record: null };
  #delayedUntilMs = Number.NEGATIVE_INFINITY;
  #lastId = 0;

  /** @param lifeMs how long a session really lives after its last renewal: a TTL at the least, twice that at the most. */
  constructor(
    readonly clock: Clock,
    private readonly lifeMs: () => number = () => SESSION_TTL_MS,
  ) {}

  link(): Link {
    const link = new Link(this);
    this.#links.add(link);
    return link;
  }

  get key(): LockSighting {
    return this.#key;
  }

  open(): string {
    this.#lastId += 1;
    const id = `session-${this.#lastId}`;
    this.#live(id);
    return id;
  }

  renew(id: string): boolean {
    if (!this.#sessions.has(id)) return false;
    this.#live(id);
    return true;
  }

  acquire(id: string, record: LeaderRecord): boolean {
    if (!this.#sessions.has(id)) throw new ConsulError('status', 'Invalid session.', { status: 500 });
    if (this.#key.session !== null && this.#key.session !== id) return false;
    if (this.#key.session === null && this.clock.now() < this.#delayedUntilMs) return false;
    this.#set({ session: id, record });
    return true;
  }

  release(id: string, record: LeaderRecord): void {
    if (this.#key.session === id) this.#set({ session: null, record });
  }

  /** Also what an operator may do. */
  invalidate(id: string): void {
    const timer = this.#sessions.get(id);
    if (timer) this.clock.clearTimeout(timer);
    this.#sessions.delete(id);
    if (this.#key.session !== id) return;
    this.#delayedUntilMs = this.clock.now() + LOCK_DELAY_MS;
    this.#set({ ...this.#key, session: null });
  }

  /** An operator deletes the key: no delay guards its lock. */
  deleteKey(): void {
    this.#set({ session: null, record: null });
  }

  #live(id: string): void {
    const before = this.#sessions.get(id);
    if (before) this.clock.clearTimeout(before);
    this.#sessions.set(
      id,
      this.clock.setTimeout(() => this.invalidate(id), this.lifeMs()),
    );
  }

  #set(key: LockSighting): void {
    this.#key = key;
    for (const link of this.#links) link.tell();
  }
}

/** One contender's way to the keeper. */
export class Link implements SessionLocks {
  isCut = false;
  /** Refuses whatever writes, as Consul does without the right. */
  isRefused = false;
  /** How long what happens is on its way here; an answer takes as long. */
  lagMs = 0;
  #saw: Saw | null = null;
  /** What was told last: a watch that stands tells nothing twice. */
  #told: LockSighting | null = null;

  constructor(private readonly keeper: LockKeeper) {}

  readonly watchKey: SessionLeadershipOptions['watchKey'] = (saw) => {
    this.#saw = saw;
    this.tell();
    const retryNow = () => {
      if (this.#told !== this.keeper.key) this.tell();
    };
    return { stop: () => this.#forget(), retryNow };
  };

  tell(): void {
    const { key } = this.keeper;
    if (this.isCut) return;
    this.#told = key;
    if (this.lagMs === 0) this.#saw?.(key);
    else this.keeper.clock.setTimeout(() => this.#saw?.(key), this.lagMs);
  }

  mend(): void {
    this.isCut = false;
    this.tell();
  }

  open = (): Promise<string> => this.#call(() => this.keeper.open());
  renew = (id: string): Promise<boolean> => this.#call(() => this.keeper.renew(id));
  acquire = (id: string, record: LeaderRecord): Promise<boolean> => this.#call(() => this.keeper.acquire(id, record));
  look = (): Promise<LockSighting> => this.#call(() => this.keeper.key);
  release = (id: string, record: LeaderRecord): Promise<void> => this.#call(() => this.keeper.release(id, record));
  close = (id: string): Promise<void> => this.#call(() => this.keeper.invalidate(id));

  #forget(): void {
    this.#saw = null;
  }

  async #call<Value>(work: () => Value): Promise<Value> {
    if (this.isCut) {
      await new Promise<void>((resolve) => this.keeper.clock.setTimeout(resolve, CALL_LIMIT_MS));
      throw new ConsulError('timeout', 'Consul did not answer within 2.5 s.');
    }
    if (this.isRefused) throw new ConsulError('status', 'Permission denied.', { status: 403 });
    const value = work();
    if (this.lagMs > 0) await new Promise<void>((resolve) => this.keeper.clock.setTimeout(resolve, this.lagMs));
    return value;
  }
}

import { judgeLock, type LockSighting } from '@/lib/leadership/judge-lock';
import type { Contender, LeaderRecord } from '@/lib/leadership/leader-record';
import type { LeadershipState } from '@/lib/system/leadership-state';
import { backoffMs } from '@/server/consul/backoff';
import type { Clock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { Pause } from '@/server/consul/pause';
import type { Leadership } from './leadership';
import { LOCK_DELAY_MS, SESSION_TTL_MS, type SessionLocks } from './session-locks';
import { Standing } from './standing';
import { Tenure } from './tenure';

/** From one renewal to the next: three may fail before the tenure ends. */
const RENEW_EVERY_MS = 2_500;
/** A renewal that failed is tried again no later than this. */
const RENEW_AGAIN_MS = 1_000;
/** What the key's watch says may be old, or true: so long the holder goes on while it asks. It is less than what others wait. */
const DOUBT_MS = LOCK_DELAY_MS - 500;
/** Consul still keeps a lock that was lost; it is tried again so often. */
const DELAYED_AGAIN_MS = 500;

/** Follows the leader's key. */
export interface KeyWatch {
  stop(): void;
  retryNow(): void;
}

export interface SessionLeadershipOptions {
  readonly locks: SessionLocks;
  /** Gives each state of the key that is seen, until it is stopped, and a sentence while it cannot see it (null: it can again). */
  readonly watchKey: (saw: (sighting: LockSighting) => void, troubled: (problem: string | null) => void) => KeyWatch;
  readonly self: Contender;
  readonly clock: Clock;
  /** 0 (included) to 1, as `Math.random`. */
  readonly random: () => number;
  /** Consul refuses the writes of this token, and nothing is held any more. */
  readonly onRefused: (reason: string) => void;
}

/**
 * Leads by a lock on a key of Consul, which a session holds. Consul expires a session at the earliest a TTL after the last renewal that it took, so who holds the lock
 * leads up to a TTL after the last renewal that it *sent*, by its own steady clock, and not a moment longer: whatever hangs, two never lead at once.
 */
export class SessionLeadership implements Leadership {
  readonly #options: SessionLeadershipOptions;
  readonly #standing: Standing;
  readonly #tenure: Tenure;
  readonly #pause: Pause;
  #watch: KeyWatch | undefined;
  #sighting: LockSighting | null = null;
  #sightings = 0;
  #heldBefore = false;
  /** Not before this moment a lock that is free may be taken. */
  #freeFromMs = 0;
  #session: string | null = null;
  /** When the last renewal that Consul took was sent. */
  #provenAtMs = 0;
  #doubted = false;
  #failures = 0;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(options: SessionLeadershipOptions) {
    this.#options = options;
    this.#standing = new Standing(options.clock, 'session');
    this.#tenure = new Tenure(options.clock, () => this.#follow(RAN_OUT));
    this.#pause = new Pause(options.clock);
  }

  get state(): LeadershipState {
    const { state } = this.#standing;
    return state.leads && !this.#tenure.holds ? { ...state, leads: false, holder: null, reason: RAN_OUT } : state;
  }

  onChange(listener: (state: LeadershipState) => void): void {
    this.#standing.onChange(listener);
  }

  start(): void {
    this.#standing.set({ reason: 'It is not known yet who leads: Consul has not answered.' });
    this.#watch = this.#options.watchKey(
      (sighting) => this.#see(sighting),
      (problem) => this.#trouble(problem),
    );
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#watch?.stop();
    this.#pause.end();
    const leads = this.#tenure.holds;
    this.#tenure.end();
    if (leads) this.#follow('It has let go: it is closing.');
    const session = this.#session;
    // Not awaited before: a call that hangs must not keep the others from leading.
    if (session !== null) await this.#letGo(session);
    await this.#running;
  }

  #see(sighting: LockSighting): void {
    this.#sighting = sighting;
    this.#sightings += 1;
    if (sighting.session !== null) this.#heldBefore = true;
    const verdict = judgeLock(sighting, this.#session, this.#heldBefore, LOCK_DELAY_MS);
    if (verdict.kind === 'free') this.#freeFromMs = this.#options.clock.now() + verdict.afterMs;
    if (this.#session === null) this.#showHolder();
    else if (this.#tenure.holds && sighting.session !== this.#session) this.#doubt();
    this.#pause.end();
  }

  #doubt(): void {
    this.#doubted = true;
    this.#tenure.limit(this.#options.clock.now() + DOUBT_MS);
  }

  /** Who was seen to lead last is still shown, with the reason why that may be old. */
  #trouble(problem: string | null): void {
    if (this.#session !== null) return;
    if (problem !== null) this.#standing.set({ reason: problem });
    else if (this.#sighting) this.#showHolder();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (this.#session === null) await this.#await();
        else await this.#hold(this.#session);
        this.#failures = 0;
      } catch (error) {
        await this.#failed(error);
      }
    }
  }

  /** Waits until the lock is free, and opens a session to take it with. */
  async #await(): Promise<void> {
    const { clock, random, locks } = this.#options;
    if (this.#sighting === null || this.#sighting.session !== null) {
      await this.#pause.sleep(SESSION_TTL_MS);
      return;
    }
    const seen = this.#sightings;
    // Not all at once: one has it then, and the others have written nothing.
    await this.#pause.sleep(Math.max(0, this.#freeFromMs - clock.now()) + random() * DELAYED_AGAIN_MS);
    if (this.#stopped || seen !== this.#sightings) return;
    const sentAtMs = clock.now();
    const session = await locks.open();
    this.#session = session;
    this.#provenAtMs = sentAtMs;
    if (this.#stopped) await this.#letGo(session);
    else await this.#take(session);
  }

  /** Renews in time; takes the lock, or makes sure that it still has it, where that is not certain. */
  async #hold(session: string): Promise<void> {
    const { clock, locks } = this.#options;
    const dueMs = this.#provenAtMs + RENEW_EVERY_MS - clock.now();
    if (this.#tenure.holds && !this.#doubted && dueMs > 0) {
      await this.#pause.sleep(dueMs);
      return;
    }
    const sentAtMs = clock.now();
    const isThere = await locks.renew(session);
    if (this.#stopped) return;
    if (!isThere) {
      this.#lose('Consul no longer has the session by which it led: it was deleted, or it had expired.');
      return;
    }
    this.#provenAtMs = sentAtMs;
    if (this.#tenure.holds && !this.#doubted) this.#tenure.extend(sentAtMs + SESSION_TTL_MS);
    else await this.#take(session);
  }

  async #take(session: string): Promise<void> {
    const { locks, clock, random } = this.#options;
    if (!this.#tenure.holds) {
      const held = this.#sighting?.session ?? session;
      if (held !== session) {
        await this.#giveUp(session);
        return;
      }
      const graceMs = this.#freeFromMs - clock.now();
      if (this.#sighting?.session === null && graceMs > 0) {
        await this.#pause.sleep(graceMs + random() * DELAYED_AGAIN_MS);
        return;
      }
    }
    this.#doubted = false;
    const seen = this.#sightings;
    const won = await locks.acquire(session, this.#record(false));
    if (this.#stopped) return;
    if (won) {
      this.#heldBefore = true;
      this.#tenure.extend(this.#provenAtMs + SESSION_TTL_MS);
      // It may have been taken away again before the answer was there.
      if (seen !== this.#sightings && this.#sighting?.session !== session) this.#doubt();
      // The answer may have come too late.
      if (this.#tenure.holds) this.#standing.set({ leads: true, holder: this.#options.self.name, reason: null });
      return;
    }
    this.#tenure.end();
    const now = await locks.look();
    if (this.#stopped) return;
    if (now.session === null || now.session === session) {
      this.#follow('Nobody leads: Consul still keeps the lock of the last leader from being followed.');
      await this.#pause.sleep(DELAYED_AGAIN_MS * (1 + random()));
      return;
    }
    this.#see(now);
    await this.#giveUp(session);
  }

  /** Another holds the lock. */
  async #giveUp(session: string): Promise<void> {
    this.#session = null;
    this.#showHolder();
    await this.#options.locks.close(session);
  }

  async #failed(thrown: unknown): Promise<void> {
    if (this.#stopped) return;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    this.#failures += 1;
    if (!this.#tenure.holds) this.#follow(error.message);
    if (error instanceof ConsulError && error.denied && !this.#tenure.holds) this.#options.onRefused(error.message);
    const pauseMs = backoffMs(this.#failures, this.#options.random());
    await this.#pause.sleep(this.#session === null ? pauseMs : Math.min(RENEW_AGAIN_MS, pauseMs));
  }

  #lose(reason: string): void {
    const lost = this.#session;
    this.#session = null;
    this.#doubted = false;
    this.#tenure.end();
    this.#follow(reason);
    const holder = this.#sighting?.session ?? null;
    // Who holds it now may have been seen while the session still seemed to stand, and is not told again.
    if (holder !== null && holder !== lost) this.#showHolder();
    this.#watch?.retryNow();
  }

  #follow(reason: string): void {
    this.#standing.set({ leads: false, holder: null, reason });
  }

  #showHolder(): void {
    const verdict = this.#sighting && judgeLock(this.#sighting, null, this.#heldBefore, LOCK_DELAY_MS);
    if (verdict?.kind === 'held') {
      const reason = verdict.holder === null ? 'The leader does not say who it is.' : null;
      this.#standing.set({ leads: false, holder: verdict.holder, reason });
    } else this.#follow('Nobody leads at this moment.');
  }

  #record(released: boolean): LeaderRecord {
    const { self, clock } = this.#options;
    return { ...self, since: clock.iso(clock.now()), released };
  }

  /** What does not come through runs out by itself. */
  async #letGo(session: string): Promise<void> {
    const { locks } = this.#options;
    this.#session = null;
    try {
      await locks.release(session, this.#record(true));
      await locks.close(session);
    } catch (error) {
      if (!(error instanceof ConsulError)) throw error;
      this.#follow(
        `The lock could not be let go of and runs out within ${(2 * SESSION_TTL_MS) / 1_000} s: ${error.message}`,
      );
    }
  }
}

const RAN_OUT =
  'Consul has not confirmed for 10 s that this Lictor still leads, so it does not, until Consul answers again: another may lead by now.';

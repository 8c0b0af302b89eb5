import { WISHES_PREFIX, type WishRecord, wishedService, wishKey, wishRecordSchema } from '@/lib/release/wish-record';
import type { Clock, Timer } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { decodeKvEntries, type StoredKey } from '@/server/consul/decode/kv-entries';
import { read } from '@/server/consul/read';
import { watch } from '@/server/consul/watch';
import type { Watch } from '@/server/consul/watch-options';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { OWN_KEYS } from './write-gate';

/** What is kept of what a person wished for a service. */
export interface KeptWish {
  /** Null: it cannot be read. */
  readonly record: WishRecord | null;
  /** Why it cannot be read, a sentence; null: it can. */
  readonly trouble: string | null;
  readonly modifyIndex: number;
}

export interface WishShelfOptions {
  readonly consul: ReleaseConsul;
  readonly clock: Clock;
  readonly random: () => number;
  /** Keys (`<dc>/<name>`) of the services whose wish is another one. */
  readonly onChange: (keys: readonly string[]) => void;
  /** Told each wish that was written while this one watched, by whichever Lictor. */
  readonly onWritten: (key: string, wish: WishRecord) => void;
}

const READ_LIMIT_MS = 4_500;
/** Where Lictor's keys are becomes known some moments after the start. */
const ASK_HOME_EVERY_MS = 250;

/** Every wish, as it stands in the home datacenter: followed by one waiting query, so that every replica has the same. */
export class WishShelf {
  readonly #options: WishShelfOptions;
  readonly #wishes = new Map<string, KeptWish>();
  /** The last segments of their keys; null: to be gathered anew. */
  #names: ReadonlySet<string> | null = null;
  /** ModifyIndexes, as last told; null before the first answer. */
  #told: ReadonlyMap<string, number> | null = null;
  /** How often it was told. */
  #tellings = 0;
  #denied: string | null = null;
  #watch: Watch | null = null;
  #timer: Timer | null = null;

  constructor(options: WishShelfOptions) {
    this.#options = options;
  }

  start(): void {
    const home = this.#options.consul.home();
    if (home === null) {
      this.#timer = this.#options.clock.setTimeout(() => this.start(), ASK_HOME_EVERY_MS);
      return;
    }
    const { consul, clock, random } = this.#options;
    this.#watch = watch({
      ...{ transport: consul.transportOf(home), clock, random },
      path: pathOf(WISHES_PREFIX),
      query: { dc: home, recurse: '' },
      // There is none yet.
      acceptStatuses: [200, 404],
      decode: decodeKvEntries,
      onChange: ({ value, index }) => this.#take(value, index ?? 0),
      // What it cannot read, the gate and each reading say.
      onError: () => {},
    });
  }

  stop(): void {
    this.#watch?.stop();
    if (this.#timer) this.#options.clock.clearTimeout(this.#timer);
  }

  /** Waiting queries that it holds. */
  get waits(): number {
    return Number(this.#watch !== null);
  }

  /** undefined: nothing was ever wished. */
  wishOf(key: string): KeptWish | undefined {
    return this.#wishes.get(key);
  }

  /** Whether a service of this name has a wish in any datacenter: of thousands most have none, and each is asked for every second. */
  hasNamesake(key: string): boolean {
    this.#names ??= new Set([...this.#wishes.keys()].map(lastSegment));
    return this.#names.has(lastSegment(key));
  }

  /** Why the wish that was last read by itself is not known, a sentence; null: Consul has answered. A waiting query is not told: Consul leaves out what may not be read. */
  get denied(): string | null {
    return this.#denied;
  }

  /**
   * Reads one wish as it stands now. That it may not be read `denied` says.
   * @throws ConsulError
   */
  async refresh(dc: string, name: string, signal: AbortSignal): Promise<void> {
    const home = this.#options.consul.home();
    if (home === null) return;
    try {
      await this.#read(home, dc, name, signal);
      this.#denied = null;
    } catch (error) {
      if (!(error instanceof ConsulError) || !error.denied) throw error;
      this.#denied = deniedSentence(home, error);
    }
  }

  async #read(home: string, dc: string, name: string, signal: AbortSignal): Promise<void> {
    const tellings = this.#tellings;
    const { value, answer } = await read(this.#options.consul.transportOf(home), {
      path: pathOf(wishKey(dc, name)),
      query: { dc: home },
      timeoutMs: READ_LIMIT_MS,
      signal,
      acceptStatuses: [200, 404],
      decode: decodeKvEntries,
    });
    const [stored] = value;
    const key = wishedService(wishKey(dc, name)) ?? '';
    // It may have been deleted while its answer was on the way, and be told to be: what is gone has no index to compare with.
    const isTold = tellings !== this.#tellings && this.#told?.has(key) === false;
    if (stored && isTold && !this.#wishes.has(key)) return this.#read(home, dc, name, signal);
    if (stored) this.#put(key, stored);
    else if ((this.#wishes.get(key)?.modifyIndex ?? Number.POSITIVE_INFINITY) <= (answer.index ?? 0)) {
      this.#drop(key);
    }
  }

  /** Tells also what was read by itself before: somebody else may hang on it. */
  #take(stored: readonly StoredKey[], index: number): void {
    const told = new Map<string, number>();
    for (const one of stored) {
      const key = wishedService(one.key);
      if (key === null) continue;
      told.set(key, one.modifyIndex);
      this.#put(key, one);
    }
    for (const [key, { modifyIndex }] of this.#wishes) {
      if (!told.has(key) && modifyIndex <= index) this.#drop(key);
    }
    const before = this.#told ?? new Map<string, number>();
    const keys = new Set([...told.keys(), ...before.keys()]);
    const changed = [...keys].filter((key) => told.get(key) !== before.get(key));
    const isFirst = this.#told === null;
    this.#tellings += 1;
    this.#told = told;
    if (changed.length > 0) this.#options.onChange(changed);
    for (const key of isFirst ? [] : changed) {
      const record = told.has(key) && this.#wishes.get(key)?.record;
      if (record) this.#options.onWritten(key, record);
    }
  }

  /** An answer may be older than what another one brought. */
  #put(key: string, { value, modifyIndex }: StoredKey): void {
    const known = this.#wishes.get(key);
    if (known && known.modifyIndex >= modifyIndex) return;
    this.#wishes.set(key, { ...readWish(key, value.toString('utf8')), modifyIndex });
    this.#names = null;
  }

  #drop(key: string): void {
    this.#wishes.delete(key);
    this.#names = null;
  }
}

function deniedSentence(home: string, { message }: ConsulError): string {
  return `What was wished through Lictor, and whether a plan is under way, is not known, so nothing is written: the token may not read Lictor's own keys in ${home}. Grant it key_prefix "${OWN_KEYS}" { policy = "read" } there. ${message}`;
}

function readWish(key: string, text: string): Pick<KeptWish, 'record' | 'trouble'> {
  const parsed = wishRecordSchema.safeParse(jsonOf(text));
  if (parsed.success) return { record: parsed.data, trouble: null };
  const trouble = `What was last wished for ${key} cannot be read: it was written by another version of Lictor, or by hand. Nothing is written over it; delete ${WISHES_PREFIX}… of that service in Consul's key-value store to begin anew.`;
  return { record: null, trouble };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const lastSegment = (key: string): string => key.slice(key.indexOf('/') + 1);

const pathOf = (key: string): string => `/v1/kv/${key.split('/').map(encodeURIComponent).join('/')}`;

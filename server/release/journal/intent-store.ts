import { type Intent, intentSchema, type JournaledPlan } from '@/lib/release/journal/intent';
import { INTENTS_PREFIX, intentKey, planPrefix } from '@/lib/release/journal/journal-keys';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { type KvOperation, kvTransaction, type TransactionKey } from './kv-transaction';
import { planOfParts } from './plan-parts';
import { isSignedBy, planSignature } from './plan-signature';

/** Longer than a server of Consul holds a request while it knows no leader (7 s): one that is given up earlier might still be carried out. */
const LIMIT_MS = 9_000;

/** An intent as it stands, with what a compare-and-set compares. */
export interface StoredIntent {
  readonly intent: Intent;
  readonly index: number;
}

/** What stands under a key of the journal and is no intent of this format. */
export interface StrangeIntent {
  readonly key: string;
  /** What the key names: `<dc>/<service>`, each segment percent-encoded. */
  readonly service: string;
  readonly intent: null;
}

/** Intents and their plans in the key-value store of the home datacenter. Each method rejects with a `ConsulError`; what writes is one request. */
export class IntentStore {
  constructor(private readonly consul: ReleaseConsul) {}

  /** Null: the home datacenter is not known yet. */
  get home(): string | null {
    return this.consul.home();
  }

  /** The intent with the signature of its plan, where there is a token to sign with. */
  signed(intent: Intent, parts: readonly Buffer[]): Intent {
    const secret = this.#secret;
    return { ...intent, signature: secret === null ? null : planSignature(secret, intent, parts) };
  }

  /** @returns null where an intent of this service stands already */
  async create(intent: Intent, parts: readonly Buffer[], signal: AbortSignal): Promise<StoredIntent | null> {
    return this.#put(intent, 0, parts.map(partOperation(intent)), signal);
  }

  /** @returns false where somebody else has taken the intent over */
  async putPart({ intent, index }: StoredIntent, number: number, part: Buffer, signal: AbortSignal): Promise<boolean> {
    const mine: KvOperation = { Verb: 'check-index', Key: keyOf(intent), Index: index };
    return (await this.#run([mine, partOperation(intent)(part, number)], signal)) !== null;
  }

  /** @returns null where somebody else has taken the intent over */
  async replace(intent: Intent, index: number, signal: AbortSignal): Promise<StoredIntent | null> {
    return this.#put(intent, index, [], signal);
  }

  /** The intent and its plan are gone, and the wish is stored, or none of it. @returns false where somebody else has taken the intent over */
  async end({ intent, index }: StoredIntent, wish: JournaledPlan['wish'], signal: AbortSignal): Promise<boolean> {
    const operations: KvOperation[] = [
      { Verb: 'delete-cas', Key: keyOf(intent), Index: index },
      { Verb: 'delete-tree', Key: planPrefix(intent) },
    ];
    if (wish !== null) operations.push({ Verb: 'set', Key: wish.key, Value: base64(wish.value) });
    return (await this.#run(operations, signal)) !== null;
  }

  /** Null: there is none. */
  async find(dc: string, service: string, signal: AbortSignal): Promise<StoredIntent | StrangeIntent | null> {
    const key = intentKey(dc, service);
    const found = (await this.#tree(key, signal)).find((entry) => entry.key === key);
    return found === undefined ? null : storedIntent(found);
  }

  async all(signal: AbortSignal): Promise<readonly (StoredIntent | StrangeIntent)[]> {
    return (await this.#tree(INTENTS_PREFIX, signal)).map(storedIntent);
  }

  /** @throws Error also where it cannot be read: parts are missing, it is of a newer format, or nobody signed it who knows the token that writes */
  async plan(intent: Intent, signal: AbortSignal): Promise<JournaledPlan> {
    const prefix = planPrefix(intent);
    const found = await this.#tree(prefix, signal);
    const parts = Array.from(
      { length: intent.parts },
      (_, number) => found.find(({ key }) => key === `${prefix}${number}`)?.value ?? Buffer.alloc(0),
    );
    const secret = this.#secret;
    if (secret !== null && !isSignedBy(secret, intent, parts)) {
      throw new Error(
        `The plan below ${prefix} is not carried on: its signature is not that of the token with which this Lictor writes. The token was another one when it began, or somebody else wrote it there. Look by hand at what it was to write, then delete the key of its intent.`,
      );
    }
    try {
      return await planOfParts(parts);
    } catch (cause) {
      const sentence = `The plan below ${prefix} cannot be read: it is damaged, or of a newer Lictor. Look by hand at what it was to write, then delete the key of its intent.`;
      throw new Error(sentence, { cause });
    }
  }

  get #secret(): string | null {
    return this.consul.signingSecret?.() ?? null;
  }

  async #put(
    intent: Intent,
    index: number,
    more: readonly KvOperation[],
    signal: AbortSignal,
  ): Promise<StoredIntent | null> {
    const Value = base64(JSON.stringify(intent));
    const results = await this.#run([{ Verb: 'cas', Key: keyOf(intent), Value, Index: index }, ...more], signal);
    const written = results?.[0];
    return written === undefined ? null : { intent, index: written.modifyIndex };
  }

  /** @throws ConsulError also where the token may not read there: Consul leaves out what may not be read, as if it were not there */
  async #tree(Key: string, signal: AbortSignal): Promise<readonly TransactionKey[]> {
    const found = (await this.#run([{ Verb: 'get-tree', Key }], signal)) ?? [];
    // A comparison is refused without the right, and says otherwise only that there is no such key.
    if (found.length === 0) await this.#run([{ Verb: 'check-index', Key, Index: 0 }], signal);
    return found;
  }

  #run(operations: readonly KvOperation[], signal: AbortSignal): Promise<readonly TransactionKey[] | null> {
    const dc = this.consul.home();
    if (dc === null) throw new Error('The home datacenter of the journal was not known.');
    return kvTransaction({ transport: this.consul.transportOf(dc), dc, timeoutMs: LIMIT_MS, signal }, operations);
  }
}

const keyOf = ({ dc, service }: Intent): string => intentKey(dc, service);
const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const partOperation =
  (intent: Intent) =>
  (part: Buffer, number: number): KvOperation => ({
    ...{ Verb: 'set', Key: `${planPrefix(intent)}${number}` },
    Value: part.toString('base64'),
  });

function storedIntent({ key, value, modifyIndex }: TransactionKey): StoredIntent | StrangeIntent {
  try {
    const parsed = intentSchema.safeParse(JSON.parse(value.toString('utf8')));
    if (parsed.success && keyOf(parsed.data) === key) return { intent: parsed.data, index: modifyIndex };
  } catch {
    // No JSON is no intent either.
  }
  return { key, service: key.slice(INTENTS_PREFIX.length), intent: null };
}

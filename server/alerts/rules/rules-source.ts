import { isDeepStrictEqual } from 'node:util';
import type { AlertRulesBody, RulesState } from '@/lib/alerts/alert-body';
import type { RuleSet } from '@/lib/alerts/rules/rule-set';
import { AlertRefusal } from '@/server/alerts/alert-desk-parts';
import type { AlertDocuments } from '@/server/alerts/alert-documents';
import type { Clock, Timer } from '@/server/consul/clock';
import { DEFAULT_RULES } from './default-rules';
import { defaultRuleSet, readRules } from './read-rules';
import { RulesFile } from './rules-file';
import type { FoundRules, RulesOrigin } from './rules-origin';
import { SavedRules } from './saved-rules';

export interface RulesSourceParts {
  /** Absolute; null: rules are kept in a document. */
  readonly rulesFile: string | null;
  readonly documents: Pick<AlertDocuments, 'all' | 'put' | 'revision'>;
  readonly clock: Clock;
  readonly log: { info(fields: object, sentence: string): void; warn(fields: object, sentence: string): void };
}

/** The rules in force. What cannot be used leaves those before it in force, and is told with its line and reason. */
export class RulesSource {
  readonly #origin: RulesOrigin;
  readonly #listeners: ((isOther: boolean) => void)[] = [];
  #text = DEFAULT_RULES;
  #etag = '"none"';
  #set = defaultRuleSet();
  #state: RulesState;
  #timer: Timer | null = null;
  #looking: Promise<void> | null = null;
  #isStopped = false;

  constructor(private readonly parts: RulesSourceParts) {
    const { rulesFile, documents } = parts;
    this.#origin = rulesFile === null ? new SavedRules(documents) : new RulesFile(rulesFile);
    this.#state = { source: 'defaults', loadedAt: this.#now(), rules: this.#set.rules.length, error: null };
  }

  /** The same object until others are in force, and so are its parts. */
  get set(): RuleSet {
    return this.#set;
  }

  get state(): RulesState {
    return this.#state;
  }

  /** Text and ETag are of what was written last, though it may have an error and others be in force. */
  body(): AlertRulesBody {
    const { saveRefusal } = this.#origin;
    return { text: this.#text, state: this.#state, saveRefusal, etag: this.#etag };
  }

  /** @param listener `isOther`: other rules are in force; else the state or the text alone changed */
  onChange(listener: (isOther: boolean) => void): void {
    this.#listeners.push(listener);
  }

  /** Returns once they were looked for: from then on they are followed. */
  async start(): Promise<void> {
    await this.look();
    this.#lookLater();
  }

  /** Looks now: for who knows that something was written. */
  look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer) this.parts.clock.clearTimeout(this.#timer);
  }

  /** @throws AlertRefusal `rules-not-here`, `invalid-rules`, `changed`, `not-kept` */
  async save(text: string, etag: string, by: string): Promise<AlertRulesBody> {
    const { saveRefusal } = this.#origin;
    if (saveRefusal !== null) throw new AlertRefusal('rules-not-here', saveRefusal);
    mustBeRules(text);
    // Another Lictor may have saved some just now.
    await this.look();
    if (etag !== this.#etag) throw this.#changed();
    let isSaved: boolean;
    try {
      isSaved = await this.#origin.save(text, etag, by);
    } catch (error) {
      const message = `The rules were not saved, and those before are in force: ${(error as Error).message}`;
      throw new AlertRefusal('not-kept', message);
    }
    // One that is under way may have read what stood there before.
    await this.#looking;
    await this.look();
    if (!isSaved) throw this.#changed();
    return this.body();
  }

  async #lookOnce(): Promise<void> {
    const found = await this.#origin.look();
    if (!found || this.#isStopped) return;
    const before = this.#set;
    this.#take(found);
    for (const listener of this.#listeners) listener(this.#set !== before);
  }

  #take(found: FoundRules): void {
    if (found.kind === 'trouble') {
      this.#refuse(null, found.reason);
      return;
    }
    this.#text = found.text ?? DEFAULT_RULES;
    this.#etag = found.etag;
    const reading = readRules(this.#text);
    if (!reading.ok) {
      this.#refuse(reading.line, reading.reason);
      return;
    }
    this.#set = keepingSame(this.#set, reading.set);
    const source = found.text === null ? 'defaults' : this.#origin.name;
    const rules = reading.set.rules.length;
    this.#state = { source, loadedAt: this.#now(), rules, error: null };
    this.parts.log.info({ source, rules }, 'Alert rules are in force.');
  }

  #refuse(line: number | null, reason: string): void {
    this.#state = { ...this.#state, error: { line, reason, at: this.#now() } };
    const source = this.#origin.name;
    this.parts.log.warn({ source, line, reason }, 'Alert rules cannot be used: those before them stay in force.');
  }

  #changed(): AlertRefusal {
    const message = 'Somebody saved other rules meanwhile: look at them, and save yours again if they still hold.';
    return new AlertRefusal('changed', message, { present: this.body() });
  }

  #lookLater(): void {
    if (this.#isStopped) return;
    const again = () => void this.look().finally(() => this.#lookLater());
    this.#timer = this.parts.clock.setTimeout(again, this.#origin.lookAgainMs);
  }

  #now(): string {
    const { clock } = this.parts;
    return clock.iso(clock.now());
  }
}

/** Whoever follows has nothing to do for what says the same. */
function keepingSame(before: RuleSet, next: RuleSet): RuleSet {
  const rules = isDeepStrictEqual(before.rules, next.rules) ? before.rules : next.rules;
  const flapping = isDeepStrictEqual(before.flapping, next.flapping) ? before.flapping : next.flapping;
  return rules === before.rules && flapping === before.flapping ? before : { rules, flapping };
}

/** @throws AlertRefusal `invalid-rules`, with line and reason */
export function mustBeRules(text: string): RuleSet {
  const reading = readRules(text);
  if (reading.ok) return reading.set;
  const { line, reason } = reading;
  const place = line === null ? '' : ` (line ${line})`;
  throw new AlertRefusal('invalid-rules', `These rules cannot be used${place}: ${reason}`, { line, reason });
}

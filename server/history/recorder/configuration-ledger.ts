import type { ConfigurationChange, ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { keySegments } from '@/lib/fleet/keys';
import type { RecordedConfiguration } from '@/lib/history/recorded';
import { configurationSubject } from '@/lib/history/subjects';
import type { TransitionOrigin } from '@/lib/history/transition-origin';
import type { ConfigurationScope } from '@/server/fleet/configuration/configuration-source';
import type { RecordSink } from './record-sink';

type Named = Pick<RecordedConfiguration, 'kind' | 'key'>;

/** What is configured in one datacenter, as it is and as it is recorded. Times are ms since 1970. */
export class ConfigurationLedger {
  readonly #present = new Map<string, RecordedConfiguration & { readonly index: number | null }>();
  /** Scopes of which all was seen. */
  readonly #complete: ConfigurationScope[] = [];
  readonly #held: { readonly change: ConfigurationChange; readonly heldAtMs: number }[] = [];
  /** Null: not known. */
  #recorded: Map<string, RecordedConfiguration> | null = null;
  #recordedUntilMs = 0;

  constructor(
    private readonly dc: string,
    private readonly sink: RecordSink,
    private readonly wallMs: () => number,
  ) {}

  /** What the record holds is known. */
  get isLoaded(): boolean {
    return this.#recorded !== null;
  }

  /** Nothing is known of the record any longer. */
  follow(): void {
    this.#recorded = null;
  }

  /** Writes what was held and is not recorded yet, and whatever else differs. @param untilMs until when the record is complete */
  load(recorded: readonly RecordedConfiguration[], untilMs: number): void {
    this.#recorded = new Map(recorded.map((one) => [nameOf(one), one]));
    this.#recordedUntilMs = untilMs;
    for (const { change } of this.#held.splice(0)) {
      if (Date.parse(change.observedAt) > untilMs) this.#take(change);
    }
    this.#compare();
  }

  see(facts: readonly ConfigurationFact[]): void {
    for (const { subject: kind, key, content, modifyIndex: index } of facts) {
      this.#present.set(nameOf({ kind, key }), { kind, key, content, index });
    }
    this.#compare();
  }

  complete(scope: ConfigurationScope): void {
    this.#complete.push(scope);
    this.#compare();
  }

  /** @param heldAtMs on a steady clock */
  change(change: ConfigurationChange, heldAtMs: number): void {
    const { subject: kind, key, index, to } = change;
    if (to === null) this.#present.delete(nameOf({ kind, key }));
    else this.#present.set(nameOf({ kind, key }), { kind, key, content: to.content, index });
    if (this.#recorded === null) this.#held.push({ change, heldAtMs });
    else this.#take(change);
  }

  /** @param heldBeforeMs on the steady clock of `change` */
  expire(heldBeforeMs: number): void {
    while (this.#held[0] && this.#held[0].heldAtMs < heldBeforeMs) this.#held.shift();
  }

  #take({ subject: kind, key, to, observedAt, index, merged }: ConfigurationChange): void {
    const origin = { observedAtMs: Date.parse(observedAt), index, merged, unwatchedFromMs: null };
    this.#write({ kind, key }, to?.content ?? null, origin);
  }

  #compare(): void {
    if (this.#recorded === null) return;
    const kinds = new Set([...this.#recorded.values()].map(({ kind }) => kind));
    const origin = { observedAtMs: this.wallMs(), merged: true };
    for (const present of this.#present.values()) {
      // Of a kind that was never recorded nobody knows since when it is there.
      const unwatchedFromMs = kinds.has(present.kind) ? this.#recordedUntilMs : 0;
      this.#write(present, present.content, { ...origin, index: present.index, unwatchedFromMs });
    }
    for (const [name, recorded] of this.#recorded) {
      if (this.#present.has(name) || !this.#complete.some((scope) => covers(scope, recorded))) continue;
      this.#write(recorded, null, { ...origin, index: null, unwatchedFromMs: this.#recordedUntilMs });
    }
  }

  #write({ kind, key }: Named, to: string | null, origin: TransitionOrigin): void {
    const name = nameOf({ kind, key });
    const from = this.#recorded?.get(name)?.content ?? null;
    if (from === to) return;
    if (to === null) this.#recorded?.delete(name);
    else this.#recorded?.set(name, { kind, key, content: to });
    const subject = configurationSubject(kind, this.dc, key);
    this.sink.transitions([{ subject, kind: 'configuration', item: null, from, to, ...origin }]);
  }
}

/** A key alone may be that of an entry and of an intention. */
const nameOf = ({ kind, key }: Named): string => `${kind} ${key}`;

function covers({ subject, prefix }: ConfigurationScope, { kind, key }: Named): boolean {
  if (subject !== kind) return false;
  const [, ...segments] = keySegments(key) ?? [];
  return prefix === null || segments.join('/').startsWith(prefix);
}

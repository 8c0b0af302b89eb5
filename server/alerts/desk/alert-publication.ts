import type { AlertRecord, AlertsBody, Outlet, RulesState, Silence } from '@/lib/alerts/alert-body';
import { isSameValue } from '@/lib/alerts/same-value';
import { outletChangeKey, RULES_CHANGE_KEY, silenceChangeKey } from '@/lib/stream/alert-changes';
import type { Change } from '@/lib/stream/protocol';
import type { Publisher } from '@/server/fleet/publisher';

export interface PublishedAlerts {
  readonly items: readonly AlertRecord[];
  readonly silences: readonly Silence[];
  readonly outlets: readonly Outlet[];
  readonly rules: RulesState;
}

/** The topic `alerts`: whatever differs goes out as one event, and the body is what went out. */
export class AlertPublication {
  #present: PublishedAlerts;

  constructor(
    private readonly publisher: Publisher,
    private readonly nowIso: () => string,
    rules: RulesState,
    /** Why nobody can change anything, as long as this process lives; null: it can be changed. */
    private readonly writeRefusal: string | null = null,
  ) {
    this.#present = { items: [], silences: [], outlets: [], rules };
  }

  /** @param changed alerts that differ; null: it is gone */
  publish(
    next: PublishedAlerts,
    changed: readonly { readonly id: string; readonly record: AlertRecord | null }[],
  ): void {
    const before = this.#present;
    const changes = changed.map(({ id, record }) => changeOf(id, record));
    changes.push(...differences(before.silences, next.silences, ({ id }) => id, silenceChangeKey));
    changes.push(...differences(before.outlets, next.outlets, ({ name }) => name, outletChangeKey));
    if (!isSameValue(before.rules, next.rules)) changes.push(changeOf(RULES_CHANGE_KEY, next.rules));
    this.#present = next;
    if (changes.length > 0) this.publisher.publish('alerts', { observedAt: this.nowIso(), index: null, changes });
  }

  get body(): AlertsBody {
    const { epoch, seq } = this.publisher;
    const { items, silences, outlets, rules } = this.#present;
    return {
      ...{ epoch, seq, at: this.nowIso() },
      ...{ items: [...items], silences: [...silences], outlets: [...outlets], rules, writeRefusal: this.writeRefusal },
    };
  }
}

function differences<T>(
  before: readonly T[],
  next: readonly T[],
  nameOf: (one: T) => string,
  keyOf: (name: string) => string,
): Change[] {
  if (before === next) return [];
  const known = new Map(before.map((one) => [nameOf(one), one]));
  const changes: Change[] = [];
  for (const one of next) {
    const name = nameOf(one);
    if (!isSameValue(known.get(name), one)) changes.push(changeOf(keyOf(name), one));
    known.delete(name);
  }
  for (const name of known.keys()) changes.push(changeOf(keyOf(name), null));
  return changes;
}

const changeOf = (key: string, value: unknown): Change => ({
  ...{ key, op: value === null ? 'remove' : 'put', value, from: null, merged: false },
});

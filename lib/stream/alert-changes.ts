import type { AlertRecord, AlertsBody, Outlet, RulesState, Silence } from '@/lib/alerts/alert-body';
import type { Change } from './protocol';
import { removeSorted, upsertSorted } from './sorted';

/**
 * Keys of the topic `alerts`: an alert's is its id; `/silences/<id>`, `/outlets/<name>` and `/rules` are the rest of the body, which no rule can be named like.
 */
export const silenceChangeKey = (id: string): string => `${SILENCES}${encodeURIComponent(id)}`;
export const outletChangeKey = (name: string): string => `${OUTLETS}${encodeURIComponent(name)}`;
export const RULES_CHANGE_KEY = '/rules';

const SILENCES = '/silences/';
const OUTLETS = '/outlets/';

const byId = ({ id }: { id: string }): string => id;
const byName = ({ name }: { name: string }): string => name;

/** The body after such changes, without its stamp. */
export function foldAlerts(body: AlertsBody, changes: readonly Change[]): AlertsBody {
  let { items, silences, outlets, rules } = body;
  for (const { key, value } of changes) {
    if (key === RULES_CHANGE_KEY) rules = (value as RulesState | null) ?? rules;
    else if (key.startsWith(SILENCES)) {
      silences = placed(silences, decodeURIComponent(key.slice(SILENCES.length)), value as Silence | null, byId);
    } else if (key.startsWith(OUTLETS)) {
      outlets = placed(outlets, decodeURIComponent(key.slice(OUTLETS.length)), value as Outlet | null, byName);
    } else items = placed(items, key, value as AlertRecord | null, byId);
  }
  return { ...body, items, silences, outlets, rules };
}

function placed<T>(records: T[], key: string, value: T | null, keyOf: (record: T) => string): T[] {
  return value === null ? removeSorted(records, key, keyOf) : upsertSorted(records, value, keyOf);
}

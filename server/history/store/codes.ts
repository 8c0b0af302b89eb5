import type { SubjectKind, TransitionKind } from '@/lib/history/transition';

/** The numbers by which the store keeps kinds. They are in files: a number is never given to another kind. */

export const kindCodes: Readonly<Record<TransitionKind, number>> = {
  status: 1,
  check: 2,
  registered: 3,
  deregistered: 4,
  version: 5,
  tags: 6,
  meta: 7,
  weights: 8,
  address: 9,
  deployment: 10,
  freshness: 11,
  leader: 12,
  configuration: 13,
  started: 14,
  stopped: 15,
  'clock-set': 16,
  write: 17,
  alert: 18,
  release: 19,
  edge: 20,
  failover: 21,
};

/** From this one on kinds are rare, and have an index of their own: without it one that hardly ever comes would be looked for among all. */
export const FIRST_RARE_KIND = kindCodes.registered;

export const subjectCodes: Readonly<Record<SubjectKind, number>> = {
  datacenter: 1,
  node: 2,
  service: 3,
  instance: 4,
  'config-entry': 5,
  intention: 6,
  kv: 7,
  lictor: 8,
};

const inverse = <Name extends string>(codes: Readonly<Record<Name, number>>): ReadonlyMap<number, Name> =>
  new Map(Object.entries<number>(codes).map(([name, code]) => [code, name as Name]));

const kindNames = inverse(kindCodes);
const subjectNames = inverse(subjectCodes);

export const kindOf = (code: number): TransitionKind => named(kindNames, code);
export const subjectKindOf = (code: number): SubjectKind => named(subjectNames, code);

function named<Name>(names: ReadonlyMap<number, Name>, code: number): Name {
  const name = names.get(code);
  if (name === undefined)
    throw new Error(`The record holds a kind of number ${code}, which this version does not know.`);
  return name;
}

/** Texts that every record holds from the start; their ids are these places, from 1 on. Id 0 is no text. */
export const FIXED_TEXTS = [
  'passing',
  'warning',
  'critical',
  'maintenance',
  'unknown',
  'live',
  'stale',
  'lost',
  'denied',
] as const;

/** Statuses by the ids of their texts. */
const statusNames = FIXED_TEXTS.slice(0, 5) as readonly (
  | 'passing'
  | 'warning'
  | 'critical'
  | 'maintenance'
  | 'unknown'
)[];

/** The status with this text id; what is none is unknown. */
export const statusOf = (id: number) => statusNames[id - 1] ?? 'unknown';
/** The text id of a status. */
export const statusId = (status: string): number => {
  const at = (statusNames as readonly string[]).indexOf(status);
  return at === -1 ? statusNames.length : at + 1;
};

/** Bits of `transition.flags`. */
export const MERGED = 1;
/** From here on, of `registered`: the text id of the status with which it begins. */
const STATUS_SHIFT = 1;
export const flagsOf = (merged: boolean, status: number): number => (merged ? MERGED : 0) | (status << STATUS_SHIFT);
export const statusInFlags = (flags: number): number => flags >> STATUS_SHIFT;

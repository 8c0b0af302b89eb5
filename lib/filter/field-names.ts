/** Every field that the filter language knows, of whatever. `meta` is followed by a key: `meta.team`. */
const fieldNames = [
  'name',
  'service',
  'instance',
  'node',
  'dc',
  'status',
  'freshness',
  'since',
  'tag',
  'version',
  'meta',
  'id',
  'address',
  'port',
  'weight',
  'check',
  'instances',
  'passing',
  'warning',
  'critical',
  'maintenance',
  'flapping',
  'unconfirmed',
  'subject',
  'kind',
  'from',
  'to',
  'at',
  'merged',
  'unwatched',
  'alert',
  'severity',
  'state',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** Whether something has a field of this folded name, or of its part before the dot. */
export function isFieldName(name: string): boolean {
  const [base, ...key] = name.split('.');
  return fieldNames.some((one) => one === base) && (base === 'meta') === key.length > 0;
}

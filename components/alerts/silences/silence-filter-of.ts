import type { AlertRecord } from '@/lib/alerts/alert-body';
import { alertFields } from '@/lib/filter/alert-fields';
import { writtenValue } from '@/lib/filter/quote';
import { findField } from '@/lib/filter/schema';

/** A filter that holds for this alert alone, as often as it comes again: its rule, its datacenter and its subject, each by its whole name. */
export function silenceFilterOf({ rule, subject: { kind, dc, name } }: Pick<AlertRecord, 'rule' | 'subject'>): string {
  const terms = [term('alert', rule)];
  if (dc !== '') terms.push(term('dc', dc));
  if (kind === 'service' || kind === 'node') terms.push(term(kind, name));
  return terms.join(' ');
}

/** `:` finds a part of some fields, and the whole of others. */
function term(field: string, value: string): string {
  const type = findField(alertFields, field)?.type;
  return `${field}${type === 'text' ? '=' : ':'}${writtenValue(value)}`;
}

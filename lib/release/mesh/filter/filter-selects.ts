import type { Instance } from '@/lib/fleet/model';
import type { FilterExpression } from './filter-expression';

export type Filtered = Pick<Instance, 'meta' | 'tags'>;

/**
 * Whether Consul would take this instance, as 1.8.7 was seen to do: a key that metadata does not hold equals nothing, not even the empty text. Null: the
 * filter asks for a field that is neither metadata nor tags.
 */
export function filterSelects(filter: FilterExpression, instance: Filtered): boolean | null {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const left = filterSelects(filter.left, instance);
      const right = filterSelects(filter.right, instance);
      if (left === null || right === null) return null;
      return filter.kind === 'and' ? left && right : left || right;
    }
    case 'not': {
      const of = filterSelects(filter.of, instance);
      return of === null ? null : !of;
    }
    case 'equal':
    case 'unequal': {
      const key = metaKeyOf(filter.field);
      if (key === null) return null;
      const isEqual = Object.hasOwn(instance.meta, key) && instance.meta[key] === filter.value;
      return filter.kind === 'equal' ? isEqual : !isEqual;
    }
    case 'holds':
    case 'lacks': {
      const [service, list, ...rest] = filter.field;
      if (service !== 'Service' || rest.length > 0 || (list !== 'Tags' && list !== 'Meta')) return null;
      const isHeld =
        list === 'Tags' ? instance.tags.includes(filter.value) : Object.hasOwn(instance.meta, filter.value);
      return filter.kind === 'holds' ? isHeld : !isHeld;
    }
  }
}

/** `version` of `Service.Meta.version`; null: another field. */
export function metaKeyOf(field: readonly string[]): string | null {
  const [service, meta, key, ...rest] = field;
  return service === 'Service' && meta === 'Meta' && rest.length === 0 ? (key ?? null) : null;
}

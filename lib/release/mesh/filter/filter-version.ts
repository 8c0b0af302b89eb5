import { looksLikeVersion, versionOf } from '@/lib/fleet/version';
import type { FilterExpression } from './filter-expression';
import { metaKeyOf } from './filter-selects';

/** Under which Lictor counts instances without a version. */
export const UNVERSIONED = versionOf({}, [], []);

/**
 * The one version whose instances a filter lets through, by how it is written; it may let through only some of them. Null: it may let through several
 * versions, or it is not told by versions at all.
 */
export function filterVersion(filter: FilterExpression, metaKeys: readonly string[]): string | null {
  const pinned = pinnedVersion(filter, metaKeys);
  if (pinned !== null) return pinned;
  const parts = conjuncts(filter);
  const isWithout = (key: string) => parts.some((part) => saysAbsent(part, key));
  return metaKeys.every(isWithout) ? UNVERSIONED : null;
}

function pinnedVersion(filter: FilterExpression, metaKeys: readonly string[]): string | null {
  switch (filter.kind) {
    case 'equal': {
      const key = metaKeyOf(filter.field);
      return key !== null && metaKeys.includes(key) && filter.value !== '' ? filter.value : null;
    }
    case 'holds':
      return filter.field.join('.') === 'Service.Tags' && looksLikeVersion(filter.value) ? filter.value : null;
    case 'and': {
      const left = pinnedVersion(filter.left, metaKeys);
      const right = pinnedVersion(filter.right, metaKeys);
      if (left === null || right === null) return left ?? right;
      return left === right ? left : null;
    }
    case 'or': {
      const left = pinnedVersion(filter.left, metaKeys);
      return left !== null && left === pinnedVersion(filter.right, metaKeys) ? left : null;
    }
    default:
      return null;
  }
}

function conjuncts(filter: FilterExpression): FilterExpression[] {
  return filter.kind === 'and' ? [...conjuncts(filter.left), ...conjuncts(filter.right)] : [filter];
}

/** `"version" not in Service.Meta`, alone or with "or it is empty". */
function saysAbsent(filter: FilterExpression, key: string): boolean {
  if (filter.kind === 'lacks') return filter.field.join('.') === 'Service.Meta' && filter.value === key;
  if (filter.kind === 'equal') return metaKeyOf(filter.field) === key && filter.value === '';
  return filter.kind === 'or' && saysAbsent(filter.left, key) && saysAbsent(filter.right, key);
}

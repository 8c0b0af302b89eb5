import type { JsonObject } from '@/lib/release/json';
import type { WriteOf } from '@/lib/release/planned-write';
import { objectsByName, textIn } from './entry-parts';

type EntryWrite = Pick<WriteOf<'config-entry'>, 'entryKind' | 'name' | 'before' | 'after'>;

/** Says of itself in an entry why something of a plan was left. */
const MARK = 'lictor';

/**
 * What stands in for an entry that was not there: Consul before 1.11 deletes whatever stands, whoever wrote it since, so that nothing is ever deleted. A splitter
 * that gives all to its own service, a router without routes, a resolver without subsets and defaults without a protocol do what none does.
 */
export function neutralEntry({ entryKind, name }: Pick<EntryWrite, 'entryKind' | 'name'>): JsonObject {
  const entry = { Kind: entryKind, Name: name };
  if (entryKind === 'service-splitter') return { ...entry, Splits: [{ Weight: 100 }] };
  if (entryKind === 'service-router') return { ...entry, Routes: [] };
  return entry;
}

/** What stood before a write, or what stands in for nothing. */
export function restoredEntry(write: EntryWrite): JsonObject {
  return write.before ?? neutralEntry(write);
}

/**
 * What stood before, with what others still need of what was written: a protocol, without which no splitter may stand, a neutral one neither; or subsets, which do
 * nothing by themselves. It says so in its metadata. Null: nothing of this kind is ever needed by others.
 */
export function keptEntry(write: EntryWrite): JsonObject | null {
  const { entryKind, before, after } = write;
  const entry = restoredEntry(write);
  if (entryKind === 'service-defaults') {
    const kept = { ...entry, Protocol: textIn(after, 'Protocol') };
    return marked(kept, 'protocol kept, a splitter or router needs it');
  }
  if (entryKind === 'service-resolver') {
    const subsets = [...objectsByName(after, 'Subsets'), ...objectsByName(before, 'Subsets')];
    return marked({ ...entry, Subsets: Object.fromEntries(subsets) }, 'subsets kept, another entry names them');
  }
  return null;
}

function marked(entry: JsonObject, why: string): JsonObject {
  const meta = entry.Meta;
  const others = typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? meta : {};
  return { ...entry, Meta: { ...others, [MARK]: why } };
}

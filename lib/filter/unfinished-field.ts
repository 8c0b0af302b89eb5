import { foldText } from './fold-text';
import { type FilterSchema, writtenFields } from './schema';

const LAST_WORD = /(?<=^|[\s(（])[\p{L}.]+$/u;

/**
 * What stands before the text's last word, where that word begins the name of a field and may be meant as one: `dc:dc1 ` of `dc:dc1 stat`. Null
 * where it begins none.
 */
export function beforeUnfinishedField<T>(text: string, schema: FilterSchema<T>): string | null {
  const word = LAST_WORD.exec(text);
  if (!word) return null;
  const begun = foldText(word[0]);
  return writtenFields(schema).some((name) => name.startsWith(begun)) ? text.slice(0, word.index) : null;
}

import type { Candidate, Typing } from './candidate';
import { foldText } from './fold-text';
import { writtenFields } from './schema';
import type { Token } from './tokens';

/**
 * Fields and keywords that begin as the word at the caret does. A field that has its operator already is renamed alone. `follows`: something stands
 * before the caret that `and` and `or` could join.
 */
export function completeTerm<T>(typing: Typing<T>, token: Token | undefined, follows: boolean): Candidate[] {
  const { text, caret, schema } = typing;
  const { start, end } = (token?.kind === 'comparison' ? token.field : token) ?? { start: caret, end: caret };
  const typed = foldText(text.slice(start, caret));
  const operator = token?.kind === 'comparison' ? '' : ':';
  const field = (label: string, count: number | null): Candidate => {
    const insert = label.endsWith('.') ? label : label + operator;
    return { kind: 'field', label, insert, count, start, end };
  };
  const keyword = (label: string): Candidate => ({
    kind: 'keyword',
    label,
    insert: `${label} `,
    count: null,
    start,
    end,
  });
  const keywords = operator === '' ? [] : follows ? ['not', 'or', 'and'] : ['not'];
  const candidates =
    schema.meta && typed.startsWith('meta.')
      ? typing.values('meta').map(({ value, count }) => field(`meta.${value}`, count))
      : [...writtenFields(schema).map((name) => field(name, null)), ...keywords.map(keyword)];
  return candidates.filter(({ label }) => foldText(label).startsWith(typed) && (operator === ':' || label !== typed));
}

import type { Candidate, Typing } from './candidate';
import { completeTerm } from './complete-term';
import { completeValue } from './complete-value';
import { filterTokens } from './tokens';

/** A longer list would not be read. */
const MOST = 50;

/** What could stand at the caret, likeliest first; nothing inside of a quoted word, or where nothing is known. */
export function complete<T>(typing: Typing<T>): readonly Candidate[] {
  const { text, caret } = typing;
  const tokens = filterTokens(text);
  const token = tokens.find(({ start, end }) => start < caret && caret <= end);
  if (token?.kind === 'comparison' && caret >= token.operator.end) return completeValue(typing, token).slice(0, MOST);
  if (token?.kind === 'comparison' && caret > token.field.end) return [];
  if (token?.kind === 'word' && token.value.quoted) return [];
  const begun = token?.kind === 'open' || token?.kind === 'close' || token?.kind === 'not' ? undefined : token;
  const follows = tokens.some(({ kind, end }) => end < caret && kind !== 'open' && kind !== 'not');
  return completeTerm(typing, begun, follows).slice(0, MOST);
}

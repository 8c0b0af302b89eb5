'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { addressSettlesWith } from './settled-address';

/** Each letter typed is no step that Back should go. */
const typed = parseAsString.withOptions({ history: 'replace', throttleMs: 200 });

/** A text that is typed, by its parameter of the address; null: there is none. What is empty is taken out of the address. */
export function useTypedText(parameter: string): [string | null, (text: string) => void] {
  const [written, write] = useQueryState(parameter, typed);
  return [written, (text) => addressSettlesWith(write(text || null))];
}

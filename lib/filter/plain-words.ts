import { writtenWord } from './quote';

/** The filter that finds what a search for plain words finds, in which no character has a meaning. */
export function filterOfWords(words: string): string {
  return words.split(/\s+/).filter(Boolean).map(writtenWord).join(' ');
}

import { foldText } from '@/lib/filter/fold-text';
import type { ServiceRow } from './service-row';

/** The words of a search: what stands between white space, each in its own right. */
export function filterWords(query: string): string[] {
  return foldText(query).split(/\s+/).filter(Boolean);
}

/** What a word is looked for in: the service's name, its datacenter, its tags and versions. */
export function serviceTexts({ dc, service }: ServiceRow): string[] {
  return [service.name, dc, ...service.tags, ...Object.keys(service.versions)];
}

/** Whether each word is somewhere in the service's texts. Not a language: no character has a meaning, a letter's case and width aside. */
export function matchesWords(row: ServiceRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const texts = serviceTexts(row).map(foldText);
  return words.every((word) => texts.some((text) => text.includes(word)));
}

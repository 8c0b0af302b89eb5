import type { ServiceRow } from './service-row';

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The words of a filter: what stands between white space, each in its own right. */
export function filterWords(query: string): string[] {
  return fold(query).split(/\s+/).filter(Boolean);
}

/**
 * Whether each word is somewhere in the service's name, its datacenter, a tag or a version. Not a language: no character has a meaning,
 * a letter's case and width aside.
 */
export function matchesWords({ dc, service }: ServiceRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const texts = [service.name, dc, ...service.tags, ...Object.keys(service.versions)].map(fold);
  return words.every((word) => texts.some((text) => text.includes(word)));
}

'use client';

import { useText } from '@/components/ui/text-provider';
import type { Candidate } from '@/lib/filter/candidate';
import type { Operator } from '@/lib/filter/syntax';

/** What a candidate means, in the reader's language; empty where it says so itself. */
export function useCandidateText(): (candidate: Candidate) => string {
  const { filter, status } = useText();
  const meanings: Readonly<Record<Candidate['kind'], (label: string) => string | undefined>> = {
    field: (label) => meaningOf(filter.fields, label.endsWith('.') ? label.slice(0, -1) : label),
    keyword: (label) => meaningOf(filter.keywords, label),
    operator: (label) => filter.signs[label as Operator],
    value: (label) => meaningOf(status, label),
  };
  return ({ kind, label }) => {
    const meaning = meanings[kind](label) ?? '';
    return meaning === label ? '' : meaning;
  };
}

const meaningOf = (words: Readonly<Record<string, string>>, label: string): string | undefined =>
  Object.hasOwn(words, label) ? words[label] : undefined;

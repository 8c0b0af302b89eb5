'use client';

import { parseAsString, useQueryState } from 'nuqs';

/** Each letter typed is no step that Back should go. */
const typed = parseAsString.withDefault('').withOptions({ history: 'replace', throttleMs: 200 });

/** What of the lanes and of the transitions is shown, by `?services=` and `?filter=`. */
export function useFilters() {
  const [transitions, setTransitions] = useQueryState('filter', typed);
  const [services, setServices] = useQueryState('services', typed);
  return {
    transitions,
    setTransitions: (text: string) => void setTransitions(text || null),
    services,
    setServices: (text: string) => void setServices(text || null),
  };
}

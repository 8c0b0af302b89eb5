'use client';

import { useTypedText } from '@/components/ui/use-typed-text';

/** What of the lanes and of the transitions is shown, by `?services=` and `?filter=`. */
export function useFilters() {
  const [transitions, setTransitions] = useTypedText('filter');
  const [services, setServices] = useTypedText('services');
  return { transitions: transitions ?? '', setTransitions, services: services ?? '', setServices };
}

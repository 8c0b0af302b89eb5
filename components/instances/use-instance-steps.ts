'use client';

import { serviceHref, servicesHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';

/** The pages that an instance is a part of; `service`: null where it is not known. */
export function useInstanceSteps(dc: string, service: string | null): { href: string; name: string }[] {
  const text = useText();
  const steps = [
    { href: servicesHref(null), name: text.pages.services },
    { href: servicesHref(dc), name: dc },
  ];
  return service === null ? steps : [...steps, { href: serviceHref(dc, service), name: service }];
}

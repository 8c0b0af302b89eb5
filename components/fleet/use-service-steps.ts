'use client';

import { servicesHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';

/** The pages that a service of this datacenter is a part of. */
export function useServiceSteps(dc: string): { href: string; name: string }[] {
  const text = useText();
  return [
    { href: servicesHref(null), name: text.pages.services },
    { href: servicesHref(dc), name: dc },
  ];
}

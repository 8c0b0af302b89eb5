'use client';

import { usePathname, useSearchParams } from 'next/navigation';

/** The address of an alert's place on this page, with whatever else the reader has chosen. */
export function useAlertHref(): (id: string) => string {
  const path = usePathname();
  const search = useSearchParams();
  return (id) => {
    const next = new URLSearchParams(search);
    next.set('alert', id);
    return `${path}?${next}`;
  };
}

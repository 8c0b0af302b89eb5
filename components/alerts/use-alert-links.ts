'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import type { MouseEvent } from 'react';
import { useAlertOptions } from './use-alert-options';

/**
 * What a link to another alert of this page has: its address with whatever else the reader has chosen, and a click that puts the alert into the address as it then is, for
 * a filter that is being typed may not be in it yet.
 */
export function useAlertLinks() {
  const path = usePathname();
  const search = useSearchParams();
  const { setAlert } = useAlertOptions();
  return (id: string) => {
    const next = new URLSearchParams(search);
    next.set('alert', id);
    return {
      href: `${path}?${next}`,
      prefetch: false,
      onClick: (event: MouseEvent) => {
        // Another tab, another window: the browser's own.
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void setAlert(id, { scroll: true });
      },
    };
  };
}

import { nodeHref, serviceHref, servicesHref, systemHref } from '@/components/ui/links';
import type { AlertSubject } from '@/lib/alerts/alert-body';

/** The page of what an alert is about. */
export function subjectHref({ kind, dc, name }: AlertSubject): string {
  switch (kind) {
    case 'service':
      return serviceHref(dc, name);
    case 'node':
      return nodeHref(dc, name);
    case 'datacenter':
      return servicesHref(dc);
    case 'lictor':
      return systemHref(null);
  }
}

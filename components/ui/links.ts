import { instanceKey, nodeKey, serviceKey } from '@/lib/fleet/keys';

/** Addresses of pages, without the base path, which next/link puts before them. */
export const overviewHref = (dc: string | null): string => (dc === null ? '/' : `/?dc=${encodeURIComponent(dc)}`);

export function servicesHref(dc: string | null, filter = ''): string {
  const search = new URLSearchParams();
  if (dc !== null) search.set('dc', dc);
  if (filter !== '') search.set('filter', filter);
  return search.size === 0 ? '/services' : `/services?${search}`;
}

export const systemHref = (dc: string | null): string =>
  dc === null ? '/system' : `/system?dc=${encodeURIComponent(dc)}`;

export const serviceHref = (dc: string, name: string): string => `/services/${serviceKey(dc, name)}`;

export const nodesHref = (dc: string | null): string =>
  dc === null ? '/nodes' : `/nodes?dc=${encodeURIComponent(dc)}`;

export const nodeHref = (dc: string, node: string): string => `/nodes/${nodeKey(dc, node)}`;

export const instanceHref = (dc: string, node: string, id: string): string => `/instances/${instanceKey(dc, node, id)}`;

/** @param chosen key of what the panel tells of; null: nothing is chosen */
export function topologyHref(dc: string | null, chosen: string | null = null): string {
  const search = new URLSearchParams();
  if (dc !== null) search.set('dc', dc);
  if (chosen !== null) search.set('chosen', chosen);
  return search.size === 0 ? '/topology' : `/topology?${search}`;
}

export const timelineHref = (dc: string | null): string =>
  dc === null ? '/timeline' : `/timeline?dc=${encodeURIComponent(dc)}`;

/**
 * @param alert id of the one that is shown; null: none is chosen
 * @param tab `silences`, `rules` or `delivery`; `alerts` needs none
 */
export function alertsHref(dc: string | null, alert: string | null = null, tab = 'alerts'): string {
  const search = new URLSearchParams();
  if (dc !== null) search.set('dc', dc);
  if (alert !== null) search.set('alert', alert);
  if (tab !== 'alerts') search.set('tab', tab);
  return search.size === 0 ? '/alerts' : `/alerts?${search}`;
}

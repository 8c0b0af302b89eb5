/**
 * Where Alertmanager's own page shows this alert; null: the address is none of the web.
 * @param url its address, maybe with a path that it is served under
 */
export function alertmanagerHref(url: string, id: string): string | null {
  if (!/^https?:\/\//i.test(url)) return null;
  const filter = `{lictor_alert=${JSON.stringify(id)}}`;
  return `${url.replace(/\/+$/, '')}/#/alerts?filter=${encodeURIComponent(filter.toWellFormed())}`;
}

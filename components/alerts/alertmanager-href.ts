/** Where Alertmanager's own page shows this alert. @param url its address, maybe with a path that it is served under */
export function alertmanagerHref(url: string, id: string): string {
  const filter = `{lictor_alert=${JSON.stringify(id)}}`;
  return `${url.replace(/\/+$/, '')}/#/alerts?filter=${encodeURIComponent(filter.toWellFormed())}`;
}

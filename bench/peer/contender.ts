/** A console that shows the list of services, and how its page is read. */
export interface Contender {
  readonly name: 'consul ui' | 'lictor';
  readonly listUrl: string;
  /** A CSS selector that matches once the first rows are there. */
  readonly row: (service: string) => string;
  /** JavaScript for the page: what the row of a service says of its health. */
  readonly status: (service: string) => string;
}

export function consulUi(consul: string, dc: string): Contender {
  const row = (service: string) => `a[href="/ui/${dc}/services/${service}/instances"]`;
  return {
    name: 'consul ui',
    listUrl: `${consul}/ui/${dc}/services`,
    row,
    status: (service) =>
      `document.querySelector(${JSON.stringify(row(service))})?.parentElement.querySelector('dl')?.className`,
  };
}

export function lictorPage(lictor: string, dc: string): Contender {
  const row = (service: string) => `tr[data-key="${dc}/${service}"]`;
  return {
    name: 'lictor',
    // By name, as the other shows them: by status, hundreds of passing ones would be one folded line.
    listUrl: `${lictor}/services?sort=service`,
    row,
    status: (service) => `document.querySelector(${JSON.stringify(row(service))})?.getAttribute('data-status')`,
  };
}

/** Where traces of a service or of a call are looked at. */
export interface Traced {
  readonly service: string;
  readonly dc: string;
  /** Names of both ends of a call; empty: it is about a service. */
  readonly from: string;
  readonly to: string;
}

/** The link that a template of `{service}`, `{dc}`, `{from}` and `{to}` gives; each value is percent-encoded, so that no name reaches beyond its place. */
export function traceHref(template: string, traced: Traced): string {
  return template.replace(/\{(service|dc|from|to)\}/g, (_, name: keyof Traced) =>
    encodeURIComponent(traced[name].toWellFormed()),
  );
}

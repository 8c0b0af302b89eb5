/** What of the record is asked about: the strictest that is named; all null is everything. */
export interface Scope {
  readonly dc: string | null;
  /** A service's name, in every datacenter where `dc` is null. */
  readonly service: string | null;
  /** A node's name; `dc` is its datacenter. */
  readonly node: string | null;
  /** An instance's key; `dc` is its datacenter. */
  readonly instance: string | null;
}

/** Body of `/readyz`. */
export interface Readiness {
  readonly ready: boolean;
  /** A sentence for a person. */
  readonly detail: string;
  readonly datacenters: readonly {
    readonly name: string;
    /** `syncing`: its first full read is not through yet; `unreachable`: known to be out of reach or refused. */
    readonly state: 'syncing' | 'synced' | 'unreachable';
    readonly reason: string | null;
  }[];
}

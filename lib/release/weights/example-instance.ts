import type { StandingInstance } from './standing-instance';

type Own = Partial<Omit<StandingInstance, 'weights' | 'maintenance' | 'definition'>> & {
  readonly weight?: number;
  readonly warning?: number;
  /** Of a maintenance check. */
  readonly reason?: string;
};

/** A passing instance that no agent owns, with what a test wants of it. */
export function exampleInstance(id: string, version: string, own: Own = {}): StandingInstance {
  const { weight = 1, warning = weight, reason, ...rest } = own;
  return {
    ...{ key: `dc1/n/${id}`, node: `node-${id}`, id, version, owner: 'catalog', index: 7, createIndex: 5 },
    ...{ status: reason === undefined ? 'passing' : 'maintenance', verified: true, serves: true },
    weights: { passing: weight, warning },
    maintenance: reason === undefined ? null : { reason, check: { Notes: reason }, index: 9 },
    definition: { ID: id, Service: 'web', Meta: { version }, Weights: { Passing: weight, Warning: warning } },
    ...rest,
  };
}

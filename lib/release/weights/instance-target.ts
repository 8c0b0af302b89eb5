import type { StandingInstance } from './standing-instance';

/** What of an instance is written, as a person names it: `dc1 agent node-1, service web-1`. Hostile text. */
export const instanceTarget = (dc: string, { owner, node, id }: StandingInstance): string =>
  `${dc} ${owner} ${node}, service ${id}`;

export const maintenanceTarget = (dc: string, { owner, node, id }: StandingInstance): string =>
  `${dc} ${owner} ${node}, maintenance of ${id}`;

import type { Clock } from '@/server/consul/clock';
import type { ConsulTransport } from '@/server/consul/transport';
import type { SourceStates } from './source-states';
import type { TopologyTold } from './told';

/** One datacenter, as its sources ask there. */
export interface Place {
  readonly dc: string;
  /** With the token that reads. */
  readonly transport: ConsulTransport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly told: TopologyTold;
  readonly states: SourceStates;
}

/** Of one question, ms. */
export const LIMIT_MS = 10_000;

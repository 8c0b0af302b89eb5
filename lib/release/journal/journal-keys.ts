import { serviceKey } from '@/lib/fleet/keys';

/** Everything of the journal, in the home datacenter's key-value store. */
export const INTENTS_PREFIX = 'lictor/release/intents/';
const PLANS_PREFIX = 'lictor/release/plans/';

/** One intent a service at a time: whoever makes this key holds the service's slider. */
export const intentKey = (dc: string, service: string): string => `${INTENTS_PREFIX}${serviceKey(dc, service)}`;

/** Below it stand the parts of one intent's plan, and nothing else. */
export const planPrefix = ({ dc, service, id }: { dc: string; service: string; id: string }): string =>
  `${PLANS_PREFIX}${serviceKey(dc, service)}/${id}/`;

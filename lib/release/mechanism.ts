import { z } from 'zod';

/**
 * By what traffic is divided between versions:
 * - `mesh`: Consul's `service-splitter`, obeyed by mesh proxies;
 * - `policy`: a versioned document in Consul's key-value store, obeyed by gateways and client libraries that read it;
 * - `weights`: the weights of instances, obeyed by DNS SRV, HAProxy and clients that honour them.
 */
export const mechanisms = ['mesh', 'policy', 'weights'] as const;
export const mechanismSchema = z.enum(mechanisms);
export type Mechanism = z.infer<typeof mechanismSchema>;

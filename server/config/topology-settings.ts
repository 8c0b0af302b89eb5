import { z } from 'zod';
import { kvPrefix } from './key-settings';
import { topologyObservedSchema } from './topology-observed-settings';

const metaKey = z.string().min(1).max(128);

/** `topology`: what says, beside Consul's mesh, who depends on whom. */
export const topologySchema = z
  .strictObject({
    /** Key of an instance's metadata that lists what it calls: `cart, users@dc2`. */
    upstreamsMetaKey: metaKey.default('upstreams'),
    /** Key of an instance's metadata that says what it is: `database`, `queue` or `gateway`. */
    kindMetaKey: metaKey.default('kind'),
    /** Of Consul's store, in each datacenter: a document of edges. */
    documentKey: kvPrefix
      .refine((key) => !key.endsWith('/'), { error: 'is no key: it ends with a slash' })
      .default('lictor/topology'),
    /** How traffic between services is counted. */
    observed: topologyObservedSchema,
  })
  .prefault({});
/** What beside traffic says so. */
export type TopologySettings = Omit<z.infer<typeof topologySchema>, 'observed'>;

/** Apart from the schemas, which browser code must not load: they try what the content security policy forbids. */

/** What an edge is known by. `declared`: by metadata or a document; `observed`: by traffic that was counted. */
export const edgeKinds = ['upstream', 'intention', 'route', 'failover', 'gateway', 'declared', 'observed'] as const;

/** `gateway`: one of a mesh, or what takes traffic in; `absent`: something names it, and Consul lists it nowhere there; `any`: `*` of an intention. */
export const topologyNodeKinds = ['service', 'gateway', 'database', 'queue', 'absent', 'any'] as const;

import type { ConsulRequest } from './transport';

/** What of an Enterprise Consul is asked for; null: what Consul takes by itself. */
export interface Tenancy {
  readonly namespace: string | null;
  readonly partition: string | null;
}

/** Nodes have a partition and no namespace. */
const PARTITIONED = /^\/v1\/(?:catalog\/(?:services|service|nodes|node)|health|internal\/ui)(?:\/|$)/;
const WITHOUT_NAMESPACE = /^\/v1\/(?:catalog\/nodes|internal\/ui\/nodes)$/;
const AUTHORIZE = '/v1/internal/acl/authorize';
/** The checks of nodes belong to the default namespace, whichever the services on them belong to. */
const NODE_CHECKS_FILTER = 'ServiceID == ""';
const DEFAULT_NAMESPACE = 'default';

/** The request for this tenancy; the same one where its path has no place for it. */
export function withTenancy(request: ConsulRequest, { namespace, partition }: Tenancy): ConsulRequest {
  const { path, query, body } = request;
  if (path === AUTHORIZE && body !== undefined) {
    return { ...request, body: authorizeBody(body, namespace, partition) };
  }
  const takesNamespace = namespace !== null && PARTITIONED.test(path) && !WITHOUT_NAMESPACE.test(path);
  const takesPartition = partition !== null && PARTITIONED.test(path);
  if (!takesNamespace && !takesPartition) return request;
  const ns = query?.filter === NODE_CHECKS_FILTER ? DEFAULT_NAMESPACE : namespace;
  return {
    ...request,
    query: { ...query, ...(takesNamespace && ns !== null && { ns }), ...(takesPartition && { partition }) },
  };
}

/** Of the resources that Lictor asks about, services alone have a namespace. */
function authorizeBody(body: string, namespace: string | null, partition: string | null): string {
  const questions: { Resource: string }[] = JSON.parse(body);
  return JSON.stringify(
    questions.map((question) => ({
      ...question,
      ...(namespace !== null && question.Resource === 'service' && { Namespace: namespace }),
      ...(partition !== null && { Partition: partition }),
    })),
  );
}

import { datacenterKey, nodeKey, serviceKey } from '@/lib/fleet/keys';
import type { RecordedInstance } from './recorded';
import type { Subject, SubjectKind } from './transition';

/** What transitions are about, by the names that Consul gives. */

export const datacenterSubject = (dc: string): Subject => ({
  ...{ kind: 'datacenter', key: datacenterKey(dc), dc, service: null, node: null },
});

export const serviceSubject = (dc: string, name: string): Subject => ({
  ...{ kind: 'service', key: serviceKey(dc, name), dc, service: name, node: null },
});

export const nodeSubject = (dc: string, name: string): Subject => ({
  ...{ kind: 'node', key: nodeKey(dc, name), dc, service: null, node: name },
});

/** @param service the name of its service */
export const instanceSubject = (dc: string, service: string, { key, node }: RecordedInstance): Subject => ({
  ...{ kind: 'instance', key, dc, service, node },
});

/** @param key of the record, `lib/configuration/subject-key` */
export const configurationSubject = (
  kind: Extract<SubjectKind, 'config-entry' | 'intention' | 'kv'>,
  dc: string,
  key: string,
): Subject => ({ kind, key, dc, service: null, node: null });

/** Lictor itself, by its replica's name. */
export const lictorSubject = (replica: string): Subject => ({
  ...{ kind: 'lictor', key: replica, dc: '', service: null, node: null },
});

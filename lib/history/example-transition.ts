import { instanceKey } from '@/lib/fleet/keys';
import type { Status } from '@/lib/fleet/model';
import type { RecordedInstance } from './recorded';
import { instanceJson } from './recorded-json';
import { instanceSubject, serviceSubject } from './subjects';
import type { Transition } from './transition';

/** Records for tests of what is told of the past: say what matters, the rest is plain. */

export function exampleInstance(node: string, id: string, status: Status = 'passing', dc = 'dc1'): RecordedInstance {
  const key = instanceKey(dc, node, id);
  const checks = status === 'critical' ? [{ id: 'http', scope: 'service' as const, status }] : [];
  return {
    ...{ key, id, node, address: '10.0.0.1', port: 80, version: '1.0.0', tags: [], meta: {} },
    ...{ weights: { passing: 1, warning: 1 }, status, checks },
  };
}

const seen = { item: null, index: null, merged: false, unwatchedFromMs: null };

/** An instance is there from now on. */
export function exampleArrival(atMs: number, service: string, instance: RecordedInstance, dc = 'dc1'): Transition {
  const subject = instanceSubject(dc, service, instance);
  return { ...seen, subject, kind: 'registered', from: null, to: instanceJson(instance), observedAtMs: atMs };
}

/** Its status changes; `to` null: it is gone. */
export function exampleFlip(
  atMs: number,
  service: string,
  instance: RecordedInstance,
  from: Status,
  to: Status | null,
  dc = 'dc1',
): Transition {
  const subject = instanceSubject(dc, service, instance);
  return { ...seen, subject, kind: to === null ? 'deregistered' : 'status', from, to, observedAtMs: atMs };
}

/** A service is there from now on. */
export function exampleService(atMs: number, name: string, status: Status = 'passing', dc = 'dc1'): Transition {
  return { ...seen, subject: serviceSubject(dc, name), kind: 'registered', from: null, to: status, observedAtMs: atMs };
}

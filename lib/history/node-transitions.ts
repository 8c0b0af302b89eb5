import type { NodeDetail } from '@/lib/fleet/observe-node';
import { noteChecks } from './check-transitions';
import type { RecordedNode } from './recorded';
import { addressJson, metaJson, nodeJson } from './recorded-json';
import { nodeSubject } from './subjects';
import type { Transition } from './transition';
import { TransitionList, type TransitionOrigin } from './transition-origin';

/** What the record keeps of a live node. */
export function recordedNode({ node, checks }: NodeDetail): RecordedNode {
  return { name: node.name, address: node.address, meta: node.meta, status: node.status, checks };
}

/** From one record of a node to the next; undefined: it is not there. */
export function nodeTransitions(
  dc: string,
  previous: RecordedNode | undefined,
  next: RecordedNode | undefined,
  origin: TransitionOrigin,
): readonly Transition[] {
  const known = next ?? previous;
  if (previous === next || !known) return [];
  const list = new TransitionList(nodeSubject(dc, known.name), origin);
  if (!next) {
    list.add('deregistered', known.status, null);
  } else if (!previous) {
    list.add('registered', null, nodeJson(next));
  } else {
    list.differs('address', addressJson(previous.address, null), addressJson(next.address, null));
    if (previous.meta !== next.meta) list.differs('meta', metaJson(previous.meta), metaJson(next.meta));
    noteChecks(list, 'node', previous.checks, next.checks);
    list.differs('status', previous.status, next.status);
  }
  return list.all;
}

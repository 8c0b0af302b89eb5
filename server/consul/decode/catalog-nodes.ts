import type { ConsulAnswer } from '@/server/consul/transport';
import { type ConsulNode, ownNodeOf, wireNodeSchema } from './node';
import { type Records, records, textField } from './records';

/** `/v1/catalog/nodes`. */
export function decodeNodes(answer: ConsulAnswer): Records<ConsulNode> {
  return records(answer, wireNodeSchema, ownNodeOf, (raw) => ({
    node: textField(raw, 'Node'),
    id: textField(raw, 'ID'),
  }));
}

import type { ConsulAnswer } from '@/server/consul/transport';
import { type ConsulNode, nodeOf, wireNodeSchema } from './node';
import { type Records, records, textField } from './records';

/** `/v1/catalog/nodes`. */
export function decodeNodes(answer: ConsulAnswer): Records<ConsulNode> {
  return records(answer, wireNodeSchema, nodeOf, (raw) => ({ node: textField(raw, 'Node'), id: textField(raw, 'ID') }));
}

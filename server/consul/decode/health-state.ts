import type { ConsulAnswer } from '@/server/consul/transport';
import { type ConsulCheck, ownCheckOf, wireCheckSchema } from './check';
import { type Records, records, textField } from './records';

/** `/v1/health/state/:state`, `/v1/health/node/:node`, `/v1/health/checks/:service`: a list of checks. */
export function decodeChecks(answer: ConsulAnswer): Records<ConsulCheck> {
  return records(answer, wireCheckSchema, ownCheckOf, (raw) => ({
    node: textField(raw, 'Node'),
    id: textField(raw, 'CheckID'),
  }));
}

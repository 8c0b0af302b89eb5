import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { recorded } from '@/e2e/harness/recorded';
import { until } from '@/e2e/world/until';
import type { AlertRecord } from '@/lib/alerts/alert-body';
import { AlertClient } from './alert-client';

const PATIENCE = { deadlineMs: 60_000 };

/** `<id> <state>` of all that is listed, sorted. */
export async function alertStates(lictor: LictorUnderTest): Promise<string[]> {
  const { body } = await new AlertClient(lictor.url).alerts();
  return body.items.map(({ id, state }) => `${id} ${state}`);
}

export function inState(lictor: LictorUnderTest, id: string, state: AlertRecord['state']): Promise<AlertRecord> {
  const client = new AlertClient(lictor.url);
  const found = async () => (await client.alerts()).body.items.find((one) => one.id === id && one.state === state);
  return until(`${id} to be ${state}`, found, PATIENCE);
}

/** `<from> <to>` of an alert, in order, as recorded. */
export async function recordedSteps(lictor: LictorUnderTest, id: string): Promise<string[]> {
  const all = await recorded(lictor);
  return all.filter(({ kind, item }) => kind === 'alert' && item === id).map(({ from, to }) => `${from} ${to}`);
}

import { Alertmanager } from '@/e2e/world/alertmanager';
import { Supervisor } from '@/e2e/world/supervised';
import type { World } from '@/e2e/world/world';

export interface DemoAlertmanager {
  /** What Lictor has to be told of it. */
  readonly environment: Record<string, string>;
  readonly sentence: string;
}

/** A real Alertmanager that calls nobody. It ends with the world. */
export async function startDemoAlertmanager(world: World): Promise<DemoAlertmanager> {
  const supervisor = new Supervisor();
  world.accompany(() => supervisor.end());
  const alertmanager = new Alertmanager(supervisor, await world.takePort(), { webhookUrl: null });
  await alertmanager.start();
  const { address } = alertmanager;
  return {
    environment: { LICTOR_ALERTMANAGER_URL: address },
    sentence: `Alertmanager, which alerts are sent to: ${address}, what fires there: ${address}/api/v2/alerts`,
  };
}

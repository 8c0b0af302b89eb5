import { until } from '@/e2e/world/until';
import type { FleetBody } from '@/lib/fleet/model';
import type { SystemBody } from '@/lib/system/system-body';
import { choosePort } from '@/scripts/demo/choose-port';
import { LictorProcess } from '@/scripts/demo/lictor-process';

const READY_DEADLINE_MS = 180_000;
/** Fine enough for a number in seconds, coarse enough to cost the process nothing. */
const ASK_EVERY_MS = 20;

/** A production process of Lictor that has read everything. */
export interface MeasuredLictor {
  readonly address: string;
  readonly pid: number;
  /** From the start of the process until `/readyz` said yes, ms. */
  readonly readyMs: number;
  system(): Promise<SystemBody>;
  fleet(): Promise<FleetBody>;
  stop(): Promise<void>;
}

/** @param env how it finds Consul, and any setting. */
export async function startMeasuredLictor(env: Record<string, string>): Promise<MeasuredLictor> {
  const port = await choosePort(null);
  const startedAtMs = performance.now();
  const lictor = new LictorProcess(port, { LOG_LEVEL: 'warn', ...env });
  try {
    await until('Lictor to be ready', async () => (await fetch(`${lictor.address}/readyz`)).ok, {
      deadlineMs: READY_DEADLINE_MS,
      everyMs: ASK_EVERY_MS,
    });
    const readyMs = performance.now() - startedAtMs;
    const get = async <Body>(path: string) => (await (await fetch(`${lictor.address}${path}`)).json()) as Body;
    return {
      address: lictor.address,
      pid: await lictor.pid(),
      readyMs,
      system: () => get('/api/v1/system'),
      fleet: () => get('/api/v1/fleet'),
      stop: () => lictor.stop(),
    };
  } catch (error) {
    await lictor.stop();
    throw error;
  }
}

import { choosePort } from '@/scripts/demo/choose-port';

const FIRST_PORT = 3_000;
const PORTS_A_WORKER = 100;

/** A free port of this worker's own: another one that looks at the same time would find the same. */
export const freePort = (): Promise<number> =>
  choosePort(null, FIRST_PORT + PORTS_A_WORKER * Number(process.env.TEST_PARALLEL_INDEX ?? 0));

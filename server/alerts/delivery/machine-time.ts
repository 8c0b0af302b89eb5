import type { Clock } from '@/server/consul/clock';

/** Now by the machine's clock as it is set, ms since 1970: what alerts, silences and documents are stamped with. */
export const machineMs = (clock: Clock): number => Date.parse(clock.iso(clock.now()));

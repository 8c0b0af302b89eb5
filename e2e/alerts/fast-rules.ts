import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Slots of a second: what flaps does so within ten, where the defaults take minutes. */
export const FAST_FLAPPING = `
flapping:
  defaults:
    settle: 0s
    scales:
      - { slot: 1s, begins_above: 30, ends_below: 25, least_recoveries: 3 }
      - { slot: 5s, begins_above: 30, ends_below: 25, least_recoveries: 3 }
`;

/** What an operator sets so that these rules hold. @param folder of the test's own */
export function withRules(folder: string, rules: string): { readonly LICTOR_CONFIG: string } {
  const rulesFile = join(folder, 'rules.yaml');
  writeFileSync(rulesFile, rules);
  const config = join(folder, 'lictor.json');
  writeFileSync(config, JSON.stringify({ alerts: { rulesFile } }));
  return { LICTOR_CONFIG: config };
}

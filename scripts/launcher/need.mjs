// @ts-check
import { onlyOne } from './only-one.mjs';

/**
 * Something that a command cannot do without. `meet` is called only when it is not met, prints a line for each long step, and throws a
 * LaunchError that says what to do when it cannot be got.
 *
 * @typedef {{ name: string, isMet: () => boolean | Promise<boolean>, meet: () => Promise<void> }} Need
 */

/** Meets them one after the other, in silence where nothing is to do. @param {Need[]} needs */
export async function meetNeeds(needs) {
  for (const need of needs) {
    if (await need.isMet()) continue;
    await onlyOne(async () => {
      // Whoever held the lock may have met it meanwhile.
      if (!(await need.isMet())) await need.meet();
    });
  }
}

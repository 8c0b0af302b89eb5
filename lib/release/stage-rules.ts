import { shareOf } from './shares/normalize-shares';
import type { Shares, VersionStage } from './split-body';

/** Less than the least step of a share, percentage points. */
const NEAR = 0.005;

/**
 * Why a version's stage does not allow this wish, a sentence; null: it does. A version that prepares or is decommissioned gets no more traffic than it has.
 * @param present what is divided now; null: nothing is, and such a version gets nothing
 */
export function stageRefusal(
  wished: Shares,
  present: Shares | null,
  stages: Readonly<Record<string, VersionStage>>,
): string | null {
  for (const [version, share] of Object.entries(wished)) {
    const stage = Object.hasOwn(stages, version) ? stages[version] : 'active';
    const has = present === null ? 0 : shareOf(present, version);
    if (stage === 'active' || share - has < NEAR) continue;
    const named = JSON.stringify(version);
    return `${named} is ${stage} and has ${has} %, so it gets no more: ${share} % were wished. Make it active first, or give the share to another version.`;
  }
  return null;
}

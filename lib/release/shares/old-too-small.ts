import { compareVersions, parseVersion } from '@/lib/filter/version-order';
import type { Shares, SplitVersion, SplitWarning } from '@/lib/release/split-body';
import { shareOf } from './normalize-shares';
import { instancesInTraffic, presentLoads } from './present-loads';
import { countedInstances, decimalText, namedVersions } from './share-words';

/** An instance that carries more than this many times what any carries now is not known to bear it. */
export const MUCH = 2;

export interface TooSmall {
  /** The traffic goes back to it by this very move; else it would have to take it back if the move went wrong. */
  readonly takesBackNow: boolean;
  readonly warning: SplitWarning;
}

/**
 * Whether what would have to take all traffic back has too few instances for it; where older versions take it back from newer ones by this move, whether these have.
 * Null: nothing moves, or they are enough.
 */
export function oldTooSmall(present: Shares, wished: Shares, versions: readonly SplitVersion[]): TooSmall | null {
  const gaining = versions.filter(({ version }) => shareOf(wished, version) > shareOf(present, version));
  const giving = versions.filter(({ version }) => shareOf(wished, version) < shareOf(present, version));
  if (gaining.length === 0 || giving.length === 0) return null;
  const { most } = presentLoads(present, versions);
  if (gaining.every((back) => giving.every((from) => isOlder(back.version, from.version)))) {
    return takenBack(wished, gaining, most);
  }
  const holding = versions.filter((one) => !gaining.includes(one) && shareOf(present, one.version) > 0);
  return wouldTakeBack(holding, most);
}

function wouldTakeBack(holding: readonly SplitVersion[], most: number): TooSmall | null {
  const instances = instancesInTraffic(holding);
  const names = namedVersions(holding);
  if (instances === 0) {
    const sentence = `Nothing could take the traffic back: no instance of ${names} is in traffic.`;
    return { takesBackNow: false, warning: { severity: 'danger', code: 'old-too-small', sentence } };
  }
  const factor = timesMost(100 / instances, most);
  if (factor <= MUCH) return null;
  const sentence =
    `If all had to go back to ${names}, ${countedInstances(instances)} in traffic would each carry ` +
    `${decimalText(factor)} times what any instance carries now. Keep more of them until this is over.`;
  return { takesBackNow: false, warning: { severity: 'warning', code: 'old-too-small', sentence } };
}

function takenBack(wished: Shares, gaining: readonly SplitVersion[], most: number): TooSmall | null {
  const instances = instancesInTraffic(gaining);
  if (instances === 0) return null;
  const share = gaining.reduce((sum, { version }) => sum + shareOf(wished, version), 0);
  const factor = timesMost(share / instances, most);
  if (factor <= MUCH) return null;
  const sentence =
    `${decimalText(share)}% goes back to ${countedInstances(instances)} of ${namedVersions(gaining)}: each carries ` +
    `${decimalText(factor)} times what any instance carries now. Start more of them first, or give back in steps.`;
  return { takesBackNow: true, warning: { severity: 'warning', code: 'old-too-small', sentence } };
}

/** Where nothing carries anything, nothing is too much. */
const timesMost = (load: number, most: number): number => (most > 0 ? load / most : 0);

/** False also where one of them is not written like a version. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [parseVersion(version), parseVersion(than)];
  return left !== null && right !== null && compareVersions(left, right) < 0;
}

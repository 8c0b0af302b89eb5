import { type RollUp, type StatusTally, type Tier, tiers } from '@/lib/history/roll-up';

/** The numbers by which the store keeps tiers. */
export const tierCodes: Readonly<Record<Tier, number>> = { minute: 1, hour: 2, day: 3 };

/** @throws where no tier has this number */
export function tierOf(code: number): Tier {
  const tier = tiers.find((name) => tierCodes[name] === code);
  if (tier === undefined)
    throw new Error(`The record holds a roll-up of tier ${code}, which this version does not know.`);
  return tier;
}

const packTally = ({ passing, warning, critical, maintenance, unknown }: StatusTally): number[] => [
  ...[passing, warning, critical, maintenance, unknown],
];

/** A roll-up as the text that its row holds: a JSON list of worst, last and instance-ms by status, ms in gaps, and how far it is counted, ms from its start. */
export function packRollUp({ atMs, worst, last, instanceMs, gapMs, countedToMs }: RollUp): string {
  return JSON.stringify([...packTally(worst), ...packTally(last), ...packTally(instanceMs), gapMs, countedToMs - atMs]);
}

export function unpackRollUp(atMs: number, counts: string): RollUp {
  const numbers = JSON.parse(counts) as number[];
  const tally = (from: number): StatusTally => {
    const [passing = 0, warning = 0, critical = 0, maintenance = 0, unknown = 0] = numbers.slice(from, from + 5);
    return { passing, warning, critical, maintenance, unknown };
  };
  const [gapMs = 0, countedMs = 0] = numbers.slice(15);
  return { atMs, worst: tally(0), last: tally(5), instanceMs: tally(10), gapMs, countedToMs: atMs + countedMs };
}

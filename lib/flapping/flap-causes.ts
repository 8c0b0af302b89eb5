import type { FlapVerdict } from './flap-verdict';

/** Some of a number. */
interface Part {
  readonly flapping: number;
  readonly all: number;
}

/** What is known of the surroundings of something that flaps; what is not known is null. Times are ms since 1970. */
export interface FlapSurroundings {
  /** Of the check, where Consul gives its definition. */
  readonly check: { readonly intervalMs: number | null; readonly timeoutMs: number | null } | null;
  /** The checks of its instance. */
  readonly checks: Part | null;
  /** The instances on its node. */
  readonly onNode: (Part & { readonly node: string }) | null;
  /** The instances of its datacenter on other nodes. */
  readonly elsewhere: Part | null;
  /** When a new version of its service was deployed. */
  readonly deploymentsMs: readonly number[];
}

/** What may be behind it, by rule. Ids are stable. */
export type FlapCause =
  /** A check may take as long as it is away from the next: a slow answer looks like a fall. */
  | { readonly id: 'timeout-not-below-interval'; readonly intervalMs: number; readonly timeoutMs: number }
  /** It changes at nearly each execution: one slow or lost answer is enough for a fall. */
  | { readonly id: 'in-step-with-interval'; readonly intervalMs: number; readonly periodMs: number }
  /** Several instances on one node flap, and elsewhere few do. */
  | { readonly id: 'one-node'; readonly node: string; readonly onNode: Part; readonly elsewhere: Part }
  /** Of several checks of the instance it is this one alone. */
  | { readonly id: 'one-check'; readonly check: string; readonly checks: number }
  /** It falls soon after deployments, more often than chance would have it. */
  | {
      readonly id: 'deployments';
      readonly deployments: number;
      readonly falls: number;
      /** Of these falls. */
      readonly soonAfter: number;
      readonly withinMs: number;
    };

/** A period of no more executions than these is in step with them. */
const MOST_EXECUTIONS = 3;
const SOON_MS = 300_000;
/** Of two shares one is plainly larger where it is so many times the other. */
const PLAINLY = 2;

/** In a fixed order; empty: no rule fits, and nothing is guessed. */
export function flapCauses(verdict: FlapVerdict, surroundings: FlapSurroundings): FlapCause[] {
  return [
    ...ofTiming(verdict, surroundings),
    ...ofNode(surroundings),
    ...ofCheck(verdict, surroundings),
    ...ofDeployments(verdict, surroundings),
  ];
}

function ofTiming({ periodMs }: FlapVerdict, { check }: FlapSurroundings): FlapCause[] {
  const { intervalMs = null, timeoutMs = null } = check ?? {};
  if (intervalMs === null || intervalMs <= 0) return [];
  const causes: FlapCause[] = [];
  if (timeoutMs !== null && timeoutMs >= intervalMs) {
    causes.push({ id: 'timeout-not-below-interval', intervalMs, timeoutMs });
  }
  if (periodMs !== null && periodMs <= MOST_EXECUTIONS * intervalMs) {
    causes.push({ id: 'in-step-with-interval', intervalMs, periodMs });
  }
  return causes;
}

function ofNode({ onNode, elsewhere }: FlapSurroundings): FlapCause[] {
  if (!onNode || !elsewhere || onNode.flapping < 2) return [];
  const isPlain = shareOf(onNode) >= PLAINLY * shareOf(elsewhere);
  const { node, flapping, all } = onNode;
  return isPlain ? [{ id: 'one-node', node, onNode: { flapping, all }, elsewhere }] : [];
}

function ofCheck({ item }: FlapVerdict, { checks }: FlapSurroundings): FlapCause[] {
  const isAlone = item !== null && checks !== null && checks.all > 1 && checks.flapping === 1;
  return isAlone ? [{ id: 'one-check', check: item, checks: checks.all }] : [];
}

function ofDeployments({ transitions }: FlapVerdict, { deploymentsMs }: FlapSurroundings): FlapCause[] {
  const falls = transitions.filter(({ isFall }) => isFall).map(({ atMs }) => atMs);
  const [firstMs, lastMs] = [falls[0] ?? 0, falls.at(-1) ?? 0];
  const near = deploymentsMs.filter((atMs) => atMs > firstMs - SOON_MS && atMs <= lastMs);
  const isSoonAfter = (atMs: number) => near.some((deployedMs) => atMs >= deployedMs && atMs - deployedMs <= SOON_MS);
  const soonAfter = falls.filter(isSoonAfter).length;
  // What falls all the time falls after deployments too.
  const byChance = (near.length * SOON_MS) / (lastMs - firstMs + SOON_MS);
  const share = soonAfter / falls.length;
  if (near.length < 2 || share < 0.5 || share < PLAINLY * byChance) return [];
  return [{ id: 'deployments', deployments: near.length, falls: falls.length, soonAfter, withinMs: SOON_MS }];
}

const shareOf = ({ flapping, all }: Part): number => (all > 0 ? flapping / all : 0);

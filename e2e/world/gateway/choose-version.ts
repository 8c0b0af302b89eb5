import type { IncomingHttpHeaders } from 'node:http';
import type { Policy } from './policy';

export interface Choice {
  version: string;
  by: 'header' | 'share' | 'instances';
  /** Why it is not the version that the policy names, a sentence; null: it is. */
  fallback: string | null;
}

export interface Question {
  /** Null: there is no policy document, and each instance gets the same. */
  policy: Policy | null;
  /** Passing instances, by version. */
  passing: ReadonlyMap<string, readonly unknown[]>;
  headers: IncomingHttpHeaders;
  /** 0 to 1, 1 excluded. */
  random: () => number;
}

/**
 * The version that serves a request: by the first route that its headers fit, else by the shares; never one without a passing instance. What would go to such
 * a one goes to the others by their shares, and where none of these passes to whatever does. Null: nothing passes.
 */
export function chooseVersion({ policy, passing, headers, random }: Question): Choice | null {
  const counts = [...passing].map(([version, instances]): [string, number] => [version, instances.length]);
  if (policy === null) return choiceOf(draw(counts, random), 'instances', null);
  const serves = (version: string) => (passing.get(version)?.length ?? 0) > 0;

  const route = policy.routes.find(({ header, value }) => headers[header.toLowerCase()] === value);
  if (route && serves(route.version)) return choiceOf(route.version, 'header', null);

  const wanted = draw(policy.shares, random);
  const missing = route?.version ?? (wanted !== null && !serves(wanted) ? wanted : null);
  const fallback = missing === null ? null : `no instance of ${missing} passes`;
  if (wanted !== null && serves(wanted)) return choiceOf(wanted, 'share', fallback);

  const others = draw(
    policy.shares.filter(([version]) => serves(version)),
    random,
  );
  return choiceOf(others, 'share', fallback) ?? choiceOf(draw(counts, random), 'instances', fallback);
}

function choiceOf(version: string | null, by: Choice['by'], fallback: string | null): Choice | null {
  return version === null ? null : { version, by, fallback };
}

/** One of them at random, each as often as its weight says. */
function draw(weights: readonly [version: string, weight: number][], random: () => number): string | null {
  let left = random() * weights.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [version, weight] of weights) {
    left -= weight;
    if (left < 0) return version;
  }
  return null;
}

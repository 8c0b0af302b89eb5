import type { Verdict } from './judge';
import type { StoryClass } from './labelled-history';

/** One history in which Lictor was wrong. */
export interface Failure {
  readonly seed: number;
  readonly story: StoryClass;
  readonly told: string;
  readonly verdict: Verdict;
}

/** Why Lictor is wrong where it is. */
const reasons: Record<StoryClass, string> = {
  steady: 'Nothing explains this.',
  outage: 'It stuttered so often that its transitions are those of a short flap; only who knows its cause can tell.',
  deployments: 'Instances failed again, more than once, after the new version had been passing for a minute.',
  restarts:
    'Instances failed again while they warmed up and the next were down already, so that most recoveries were of such as had fallen twice.',
  noise: 'Five blips came by chance within 100 minutes, and about evenly.',
  flap: 'Fewer than five of its recoveries were seen within 100 minutes: its check is executed seldom, or it was slower than its period by its jitter.',
};

const MOST_EXAMPLES = 3;

/** Prints what went wrong by class, with its reason and some of the stories. */
export function printFailures(failures: readonly Failure[], told: Readonly<Record<StoryClass, number>>): void {
  for (const [story, reason] of Object.entries(reasons)) {
    const of = failures.filter((failure) => failure.story === story);
    if (of.length === 0) continue;
    console.log(`${story}: ${of.length} of ${told[story as StoryClass]} wrong. ${reason}`);
    for (const { seed, verdict, told: what } of of.slice(0, MOST_EXAMPLES))
      console.log(`  ${verdict}, seed ${seed}: ${what}`);
  }
}

import { Chance } from './chance';
import { deployments } from './deployment-story';
import { flapStory } from './flap-story';
import { type LabelledHistory, type StoryClass, storyClasses } from './labelled-history';
import { noise, oneOutage, restarts, steady } from './quiet-stories';

const tellers: Record<StoryClass, (chance: Chance) => LabelledHistory> = {
  steady,
  outage: oneOutage,
  deployments,
  restarts,
  noise,
  flap: flapStory,
};

/** How many of each class there are for a seed. */
export const storyCounts: Record<StoryClass, number> = {
  ...{ steady: 300, outage: 400, deployments: 400, restarts: 200, noise: 300, flap: 800 },
};

/** All histories of a seed, one after another. What is true of each is what was told, never what a formula says of it. */
export function* stories(seed: number): Generator<LabelledHistory> {
  const chance = new Chance(seed);
  for (const story of storyClasses) {
    for (let n = 0; n < storyCounts[story]; n += 1) yield tellers[story](chance);
  }
}

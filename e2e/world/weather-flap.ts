import type { FlipStatus, ShopInstance } from './shop-instance';

/** What it takes to let an instance flap. */
export interface FlapStage {
  flip(instance: ShopInstance, status: FlipStatus): Promise<void>;
  step(steps?: number): Promise<void>;
  report(sentence: string): void;
}

/** Every five steps, which are 20 s at the weather's own pace. */
const DOWN_STEPS = 2;
const UP_STEPS = 3;
/** Six minutes of it. */
const FALLS = 18;
/** 14 minutes: by then nothing remembers that it flapped. */
const REST_STEPS = 210;

/** One check of one instance goes down and up, rests, and does it again, until a step rejects; then it passes. */
export async function keepFlapping(
  { flip, step, report }: FlapStage,
  instance: ShopInstance,
  name: string,
): Promise<never> {
  try {
    for (;;) {
      report(`${name} begins to flap`);
      for (let falls = 0; falls < FALLS; falls += 1) {
        await flip(instance, 'critical');
        await step(DOWN_STEPS);
        await flip(instance, 'passing');
        await step(UP_STEPS);
      }
      report(`${name} rests`);
      await step(REST_STEPS);
    }
  } finally {
    await flip(instance, 'passing');
  }
}

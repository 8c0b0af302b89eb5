import { z } from 'zod';
import { splitWishSchema } from './split-body';

/** What a plan is asked for: a wish, or what stood before the last write through Lictor, or what was last written through it. */
export const splitQuestionSchema = z.union([
  splitWishSchema,
  z.strictObject({ undo: z.literal(true) }),
  z.strictObject({ putBack: z.literal(true) }),
]);
export type SplitQuestion = z.infer<typeof splitQuestionSchema>;

import { z } from 'zod';

/** A map of text to text, as `Meta` is. Its keys are anyone's: `__proto__` must stay a key like another. */
export const textMap = z.record(z.string(), z.string());

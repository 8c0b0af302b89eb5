/**
 * What stands where a plan writes:
 * - `before`: as the plan found it;
 * - `after`: as the plan wants it;
 * - `other`: somebody else wrote it.
 */
export type Place = 'before' | 'after' | 'other';

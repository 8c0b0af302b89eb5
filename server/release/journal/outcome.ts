/** What became of a plan. Each sentence says what it means and what to do. */
export type Outcome =
  /** `ms`: from the call until all was written and the journal closed. */
  | { readonly kind: 'written'; readonly ms: number }
  /** Somebody is at this service already: nothing was written. */
  | { readonly kind: 'busy'; readonly sentence: string; readonly by: string | null; readonly replica: string | null }
  /** Somebody else wrote this target since the plan was made: what was written before it is taken back. */
  | { readonly kind: 'lost'; readonly sentence: string; readonly target: string; readonly restored: true }
  /**
   * - `restored`: everything stands as before, but for what others wrote, which the sentence names;
   * - `unfinished`: the plan stands in the journal, to be completed or taken back.
   */
  | { readonly kind: 'failed'; readonly sentence: string; readonly state: 'restored' | 'unfinished' };

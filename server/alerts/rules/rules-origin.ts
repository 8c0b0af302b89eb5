/** Where a text of rules is kept. */
export interface RulesOrigin {
  /** `record`, or the path of a file. */
  readonly name: string;
  /** Why nothing can be saved there, a sentence; null: it can. */
  readonly saveRefusal: string | null;
  /** What stands there now; null: the same as at the last look that said something. It never rejects. */
  look(): Promise<FoundRules | null>;
  /**
   * @param etag of the text that it takes the place of
   * @returns false: another one stands there now, and nothing was written
   * @throws Error its message is a sentence
   */
  save(text: string, etag: string, by: string): Promise<boolean>;
  /** When to look again, ms. */
  readonly lookAgainMs: number;
}

export type FoundRules =
  /** `text` null: nobody has written any. */
  | { readonly kind: 'text'; readonly text: string | null; readonly etag: string }
  /** It cannot be read, a sentence. */
  | { readonly kind: 'trouble'; readonly reason: string };

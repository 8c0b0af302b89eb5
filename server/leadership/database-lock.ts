/** A lock that a shared database keeps for one connection. */
export interface DatabaseLock {
  /** As of now, by the clock: false once the database may have given it to another. */
  readonly holds: boolean;
  /** One attempt. @returns false where another has it. Rejects with an Error whose message is a sentence where the database cannot be asked. */
  acquire(signal: AbortSignal): Promise<boolean>;
  /** Who has it, as far as the last attempt could tell. */
  readonly holder: string | null;
  /** Told a sentence when it was held and is not any more, for whatever reason but `release`. */
  onLost(listener: (reason: string) => void): void;
  release(): Promise<void>;
}

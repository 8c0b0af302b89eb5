import { z } from 'zod';

/** One Lictor, as the others are told of it. */
export interface Contender {
  /** Of the process. */
  readonly id: string;
  /** The address of its pages, or its host and port. */
  readonly name: string;
}

/** What stands in the leader's key. Whoever may write the key may write anything there: it is shown, and nothing is concluded from who it names. */
export interface LeaderRecord extends Contender {
  /** ISO 8601. */
  readonly since: string;
  /** The leader has let go of it by itself and does nothing more in its name. */
  readonly released: boolean;
}

const MOST_NAME = 200;
const recordSchema = z.object({
  id: z.string().max(MOST_NAME),
  name: z.string().max(MOST_NAME),
  since: z.iso.datetime(),
  released: z.boolean(),
});

export function leaderRecordText({ id, name, since, released }: LeaderRecord): string {
  return JSON.stringify({ id, name: name.slice(0, MOST_NAME), since, released });
}

/** Null for what is no such record. */
export function readLeaderRecord(text: string): LeaderRecord | null {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

import type { Topic } from './protocol';

const SERVICE_PREFIX = 'service:';

export const serviceTopic = (key: string): Topic => `${SERVICE_PREFIX}${key}`;

/** The service key behind `service:<key>`; null for another topic. */
export function topicServiceKey(topic: string): string | null {
  return topic.startsWith(SERVICE_PREFIX) ? topic.slice(SERVICE_PREFIX.length) : null;
}

/** A position in the stream: which process (`epoch`, decimal ms) and how far (`seq`). */
export interface StreamPosition {
  readonly epoch: number;
  readonly seq: number;
}

const POSITION = /^(\d{1,16}):(\d{1,16})$/;

export const formatPosition = (position: StreamPosition): string => `${position.epoch}:${position.seq}`;

/** Reads `<epoch>:<seq>`; null for anything else, which is answered with a snapshot rather than an error. */
export function parsePosition(text: string): StreamPosition | null {
  const [, epoch, seq] = POSITION.exec(text) ?? [];
  return epoch && seq ? { epoch: Number(epoch), seq: Number(seq) } : null;
}

/** Splits `<topic>@<epoch>:<seq>`. A service key holds no bare `@`: it is percent-encoded there. */
export function parseTopicRequest(text: string): { name: string; position: StreamPosition | null } {
  const at = text.lastIndexOf('@');
  if (at < 0) return { name: text, position: null };
  return { name: text.slice(0, at), position: parsePosition(text.slice(at + 1)) };
}

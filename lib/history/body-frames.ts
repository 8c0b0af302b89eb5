import type { HistoryBody, LanesBody, ReplayBody, TimelineBody } from './bodies';
import type { TransitionsBody } from './transition-item';

/**
 * Whether a JSON value has the frame of an answer about the past. A page looks at no more, as with topics: the server holds what it sends to the schemas, and these
 * would bring their library into every page.
 */

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isListOf = (value: unknown, fields: readonly string[]): boolean =>
  Array.isArray(value) && value.every((entry) => isObject(entry) && fields.every((field) => field in entry));
const isTime = (value: unknown): boolean => typeof value === 'string' && Number.isFinite(Date.parse(value));
const isSpan = ({ from, to }: Fields): boolean => isTime(from) && isTime(to);

export const isTimelineBody = (value: unknown): value is TimelineBody =>
  isObject(value) &&
  isSpan(value) &&
  isListOf(value.buckets, ['at', 'unknownMs']) &&
  isObject(value.timeInMs) &&
  typeof value.timeInMs.passing === 'number' &&
  isListOf(value.gaps, ['dc', 'from', 'to']) &&
  isListOf(value.marks, ['at', 'kind', 'key']);

export const isLanesBody = (value: unknown): value is LanesBody =>
  isObject(value) && isSpan(value) && isListOf(value.lanes, ['key', 'status', 'bars']);

export const isReplayBody = (value: unknown): value is ReplayBody =>
  isObject(value) &&
  isSpan(value) &&
  isObject(value.snapshot) &&
  isListOf(value.snapshot.datacenters, ['name', 'services']) &&
  isListOf(value.changes, ['seq', 'changes']) &&
  isListOf(value.gaps, ['dc', 'from', 'to']);

export const isTransitionsBody = (value: unknown): value is TransitionsBody =>
  isObject(value) && isListOf(value.items, ['id', 'observedAt', 'subject', 'kind']);

export const isHistoryBody = (value: unknown): value is HistoryBody =>
  isObject(value) && typeof value.state === 'string' && isListOf(value.notices, ['at', 'text']);

import { examples } from '@/lib/filter/examples';
import type { FieldName } from '@/lib/filter/field-names';
import type { FilterError, FilterErrorCode } from '@/lib/filter/filter-error';
import type { FilterSubject } from '@/lib/filter/schema';
import type { Operator } from '@/lib/filter/syntax';
import { visibleLine } from './visible-text';

const MOST_QUOTED = 60;

/** A part of somebody's filter inside of a sentence: what is invisible made visible, and not without end. */
export const quotedPart = (part: string): string => {
  const line = visibleLine(part);
  return line.length > MOST_QUOTED ? `${Array.from(line).slice(0, MOST_QUOTED).join('')}…` : line;
};

const subjects: Record<FilterSubject, string> = {
  services: 'Services',
  instances: 'Instances',
  nodes: 'Nodes',
  transitions: 'Transitions',
  alerts: 'Alerts',
  calls: 'Calls',
};

const fields: Record<FieldName, string> = {
  name: 'its name, or a part of it',
  service: 'a service’s name, or a part of it',
  instance: 'an instance’s id, or a part of it',
  node: 'a node’s name, or a part of it',
  dc: 'the datacenter, by its whole name',
  status: 'what it is now',
  freshness: 'how far its datacenter can be believed',
  since: 'how long it has been so: <10m, >1h',
  tag: 'a tag that it has',
  version: '1.4, >=1.5, <2.0.0-rc.1',
  meta: 'metadata, by its key',
  id: 'its id, or a part of it',
  address: 'its address, or a part of it',
  port: 'its port',
  weight: 'its weight while passing',
  check: 'a check by its name or id, or a part of it',
  instances: 'how many instances it has',
  passing: 'how many of them are passing',
  warning: 'how many are in warning',
  critical: 'how many are critical',
  maintenance: 'how many are in maintenance',
  flapping: 'how many checks are flapping',
  unconfirmed: 'gone, and not confirmed',
  subject: 'what kind of thing changed',
  kind: 'what of it changed',
  from: 'what it was before',
  to: 'what it became',
  at: 'how long ago it was seen: <10m, >1h',
  merged: 'it may stand for more changes than this one',
  unwatched: 'it happened while nobody watched',
  alert: 'its rule’s name, or a part of it',
  severity: 'how grave it is',
  state: 'what it is now',
  calls: 'a service that it calls, or a part of its name',
  calledby: 'a service that calls it, or a part of its name',
  split: 'its traffic is divided between versions',
  failover: 'a datacenter that stands in for it',
  problem: 'something of it cannot be read',
  source: 'what says it, or a part of that',
  allowed: 'what intentions say of it',
  mark: 'not declared, or no traffic seen',
  rate: 'requests a second',
  errors: 'percent of requests that fail',
  p95: '95 of 100 answers take no longer, ms',
  across: 'it leads to another datacenter',
};

const signs: Partial<Record<Operator, string>> = {
  '>': 'more than, later than, longer ago than',
  '>=': 'at least',
  '<': 'less than, earlier than, less long ago than',
  '<=': 'at most',
};

type ErrorText = (error: FilterError) => string;

const errors = (list: (items: readonly string[]) => string): Record<FilterErrorCode, ErrorText> => ({
  'too-long': ({ expected }) => `A filter has at most ${expected[0]} characters.`,
  'too-deep': ({ expected }) => `Parentheses and negations go at most ${expected[0]} deep.`,
  'unclosed-quote': () => 'This quote has no end: close it with ".',
  'unclosed-parenthesis': () => 'This parenthesis is never closed: write a ) behind what belongs together.',
  'unopened-parenthesis': () => 'This ) closes nothing: there is no ( before it.',
  'missing-term': ({ found }) =>
    found === ''
      ? 'Something must follow here: a word, or a field such as status:critical.'
      : `Something is missing before “${quotedPart(found)}”. To look for the word itself, put it into quotes.`,
  'missing-value': ({ end, start }) =>
    end === start ? 'A value must follow here.' : 'A value must stand here, directly behind the sign before it.',
  'unknown-field': ({ found, subject, expected }) =>
    `No field is called “${quotedPart(found)}”. ${subject ? subjects[subject] : 'They'} have ${list(expected)}. To look for the text itself, put it into quotes.`,
  'foreign-field': ({ found, subject, expected }) =>
    `${subject ? subjects[subject] : 'They'} have no “${quotedPart(found)}”; they have ${list(expected)}.`,
  'unfit-operator': ({ found, field, expected }) => `“${found}” does not fit ${field}: it takes ${list(expected)}.`,
  'unknown-value': ({ found, field, expected }) =>
    `${field} is never “${quotedPart(found)}”: it is one of ${list(expected)}.`,
  'not-a-number': ({ found, field }) => `${field} is a number, and “${quotedPart(found)}” is none.`,
  'not-a-version': ({ found }) =>
    `“${quotedPart(found)}” is no version, so nothing is before or after it: write one such as 1.5 or 2.0.0-rc.1.`,
  'not-a-duration': ({ found, field }) =>
    `${field} is compared with a duration such as 10m, 1h30m or 2d, and “${quotedPart(found)}” is none.`,
  'one-value': ({ field }) => `Here ${field} takes one value, not a list.`,
  'long-pattern': ({ expected }) => `A pattern has at most ${expected[0]} characters.`,
});

/** What is said around the filter language, in English. */
export const filterEn = (list: (items: readonly string[]) => string) => {
  const error = errors(list);
  return {
    error: (one: FilterError) => error[one.code](one),
    draft: 'draft, not applied',
    still: (shown: string) => (shown === '' ? 'Until then nothing is filtered.' : `Until then it shows: ${shown}`),
    placeholder: (subject: FilterSubject) => `Words, or ${examples[subject]}`,
    clear: 'Clear the filter',
    candidates: 'What could stand here',
    fields,
    signs,
    keywords: { not: 'leaves out what follows', or: 'one of both is enough', and: 'both, as a space says too' },
    keys: { choose: 'choose', take: 'take', close: 'close' },
  };
};

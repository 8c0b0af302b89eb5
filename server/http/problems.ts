/**
 * Every error that the API answers with: a stable `type`, its status and title (RFC 9457). What happened in this case is the `detail`.
 */
const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request does not fit the API' },
  'invalid-filter': { status: 400, title: 'The filter cannot be read' },
  'unknown-topic': { status: 400, title: 'No such topic' },
  'not-found': { status: 404, title: 'No such page or resource' },
  'unknown-service': { status: 404, title: 'No such service' },
  'unknown-node': { status: 404, title: 'No such node' },
  'unknown-alert': { status: 404, title: 'No such alert' },
  'unknown-silence': { status: 404, title: 'No such silence' },
  'unknown-delivery': { status: 404, title: 'No such delivery' },
  'not-recorded': { status: 404, title: 'The record does not reach so far' },
  'method-not-allowed': { status: 405, title: 'The method does not fit the resource' },
  'precondition-required': { status: 428, title: 'A change says what it changes' },
  'precondition-failed': { status: 412, title: 'What is to be changed is not as it was seen' },
  'unsupported-media-type': { status: 415, title: 'A change takes JSON' },
  'foreign-origin': { status: 403, title: 'A page of somebody else asked for it' },
  'writes-closed': { status: 403, title: 'Lictor writes nothing here now' },
  'not-firing': { status: 409, title: 'The alert does not fire' },
  'silence-in-the-past': { status: 422, title: 'The silence is over before it begins' },
  'matches-all': { status: 422, title: 'The silence holds for everything' },
  'invalid-rules': { status: 422, title: 'The rules cannot be read' },
  'rules-not-here': { status: 409, title: 'The rules are kept somewhere else' },
  'key-used': { status: 422, title: 'The idempotency key was used for another wish' },
  'not-kept': { status: 503, title: 'What must outlive Lictor cannot be written' },
  'plan-refused': { status: 422, title: 'The wish cannot be carried out' },
  'split-busy': { status: 409, title: 'Somebody else is moving this traffic' },
  'plan-failed': { status: 502, title: 'The plan failed, and everything is as before' },
  'plan-unfinished': { status: 502, title: 'The plan is not over' },
  'consul-unavailable': { status: 503, title: 'Consul could not be read' },
  'foreign-host': { status: 421, title: 'This host name is not served here' },
  'metrics-closed': { status: 403, title: 'Metrics are open on loopback alone' },
  internal: { status: 500, title: 'Lictor failed to answer' },
  'history-unavailable': { status: 503, title: 'The past cannot be read' },
  'shutting-down': { status: 503, title: 'Lictor is shutting down' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A failure that has a place in the table. `detail` says what failed, what it means and what to do. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    /** What a program may want to know of it: further members of the document. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

export function problemDocument(
  code: ProblemCode,
  detail: string,
  members: Readonly<Record<string, unknown>> = {},
): ProblemDocument {
  const { status, title } = PROBLEMS[code];
  return { ...members, type: `urn:lictor:problem:${code}`, title, status, detail };
}

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AlertRefusal, type AlertRefusalCode } from '@/server/alerts/alert-desk-parts';
import { RecordError } from '@/server/history/record-store';
import { SplitRefusal } from '@/server/release/desk/split-refusal';
import { Problem, type ProblemCode, problemDocument } from './problems';

/** The one place where an error becomes an answer. What has no place in the table is logged in full and answered without its insides. */
export function answerError(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): void {
  const { code, detail, members } = translate(error);
  if (code === 'internal') request.log.error({ err: error }, `${request.method} ${request.url} failed`);
  sendProblem(reply, code, detail, members);
}

export function sendProblem(
  reply: FastifyReply,
  code: ProblemCode,
  detail: string,
  members: Problem['members'] = {},
): FastifyReply {
  const document = problemDocument(code, detail, members);
  return reply.code(document.status).type('application/problem+json').send(JSON.stringify(document));
}

const alertProblems = {
  'unknown-alert': 'unknown-alert',
  'unknown-silence': 'unknown-silence',
  'unknown-delivery': 'unknown-delivery',
  'not-firing': 'not-firing',
  changed: 'precondition-failed',
  'invalid-filter': 'invalid-filter',
  'silence-in-the-past': 'silence-in-the-past',
  'matches-all': 'matches-all',
  'invalid-rules': 'invalid-rules',
  'rules-not-here': 'rules-not-here',
  'key-used': 'key-used',
  'not-kept': 'not-kept',
} as const satisfies Record<AlertRefusalCode, ProblemCode>;

function translate(error: FastifyError | Problem): Pick<Problem, 'code' | 'detail' | 'members'> {
  if (error instanceof Problem) return error;
  if (error instanceof RecordError) {
    return { code: 'history-unavailable', detail: `${error.message} The live pages are not affected.`, members: {} };
  }
  if (error instanceof AlertRefusal) {
    return { code: alertProblems[error.code], detail: error.message, members: error.members };
  }
  if (error instanceof SplitRefusal) {
    const { code, message: detail, details } = error;
    const { present, reason } = details;
    return { code, detail, members: { ...(present && { present }), ...(reason !== undefined && { code: reason }) } };
  }
  // Fastify's own refusals (a malformed escape in the path, a body it cannot read, a schema that does not match) are the caller's.
  if (error.statusCode !== undefined && error.statusCode < 500) {
    const detail = `${error.message}. Nothing was changed; correct the request.`;
    return { code: 'invalid-request', detail, members: {} };
  }
  const detail = 'An error inside Lictor; its log has the details. Nothing was changed in Consul.';
  return { code: 'internal', detail, members: {} };
}

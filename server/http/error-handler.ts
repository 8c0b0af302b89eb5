import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type ProblemCode, problemDocument } from './problems';

/** The one place where an error becomes an answer. What has no place in the table is logged in full and answered without its insides. */
export function answerError(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): void {
  const [code, detail] = translate(error);
  if (code === 'internal') request.log.error({ err: error }, `${request.method} ${request.url} failed`);
  sendProblem(reply, code, detail);
}

export function sendProblem(reply: FastifyReply, code: ProblemCode, detail: string): FastifyReply {
  const document = problemDocument(code, detail);
  return reply.code(document.status).type('application/problem+json').send(JSON.stringify(document));
}

function translate(error: FastifyError | Problem): [ProblemCode, string] {
  if (error instanceof Problem) return [error.code, error.detail];
  // Fastify's own refusals (a malformed escape in the path, a body it cannot read, a schema that does not match) are the caller's.
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return ['invalid-request', `${error.message}. Nothing was changed; correct the request.`];
  }
  return ['internal', 'An error inside Lictor; its log has the details. Nothing was changed in Consul.'];
}

import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
  NotFoundException,
} from '@nestjs/common';
import { StoreUnavailable } from '@provident/event-store';
import { DomainError } from '@provident/kernel';
import { isPassing } from '@provident/projections/transaction';
import type { FastifyReply } from 'fastify';
import { PROBLEM_TYPE, type Problem, problemType } from './problem.js';

/** Turns every error into a problem answer; what the program did wrong stays in the log and is not told outside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = problemOf(error);
    if (problem.status >= 500 && !(error instanceof DomainError))
      this.log.error(error instanceof Error ? error.stack : String(error));
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply.status(problem.status).type(PROBLEM_TYPE).send(problem);
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) {
    const { code, message, rule, remedy } = error;
    // Inputs with several faults name each of them: path, rule and an example of a good value.
    const details = 'problems' in error ? error.problems : error.details;
    return { type: problemType(code), title: message, status: statusOf(code), rule, remedy, details };
  }
  if (error instanceof StoreUnavailable) {
    return {
      type: problemType('store-unavailable'),
      title: 'The event store does not answer; nothing is known of whether the command was taken.',
      status: 503,
      remedy: 'Send the same request again with the same Idempotency-Key: it is carried out once.',
    };
  }
  if (isPassing(error)) {
    return {
      type: problemType('database-unavailable'),
      title: 'The database does not answer.',
      status: 503,
      remedy: 'Ask again in a moment.',
    };
  }
  if (error instanceof NotFoundException) {
    // The router's own text repeats the address, and in an address somebody may have written a name or a number.
    return {
      type: problemType('http-404'),
      title: 'Nothing stands under this address.',
      status: 404,
      remedy: 'The addresses that there are stand under /api.',
    };
  }
  if (error instanceof HttpException) {
    const body = error.getResponse();
    const details = typeof body === 'string' ? [body] : 'message' in body ? body.message : undefined;
    return {
      type: problemType(error.getStatus() === 400 ? 'request-malformed' : `http-${error.getStatus()}`),
      title: error.getStatus() === 400 ? 'The request is malformed.' : error.message,
      status: error.getStatus(),
      ...(details === undefined ? {} : { details }),
    };
  }
  if (isClientFault(error)) {
    return { type: problemType('request-malformed'), title: error.message, status: error.statusCode };
  }
  return { type: problemType('internal'), title: 'Something went wrong on our side; it is in the log.', status: 500 };
}

/** A refusal is 422 unless its code says: malformed (400), not there (404), in the way (409). */
function statusOf(code: string): number {
  if (code === 'input-invalid') return 400;
  if (code.endsWith('-unknown')) return 404;
  if (code.includes('already') || code.endsWith('-reused')) return 409;
  return 422;
}

/** Fastify's own refusals: body too large, wrong content type, unparsable JSON. */
function isClientFault(error: unknown): error is Error & { statusCode: number } {
  if (!(error instanceof Error) || !('statusCode' in error)) return false;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500;
}

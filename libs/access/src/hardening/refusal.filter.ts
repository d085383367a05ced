import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { PROBLEM_TYPE, problemType } from '@provident/http';
import type { FastifyReply } from 'fastify';
import { Refusal } from '../refusal.js';

/** Answers a refusal with its own status, as a problem (RFC 9457) like every other error. */
@Catch(Refusal)
export class RefusalFilter implements ExceptionFilter<Refusal> {
  catch(refusal: Refusal, host: ArgumentsHost): void {
    answerRefusal(host.switchToHttp().getResponse<FastifyReply>(), refusal);
  }
}

export function answerRefusal(reply: FastifyReply, { status, code, message, rule, remedy, details }: Refusal): void {
  const wait = details['retryAfterSeconds'];
  if (wait !== undefined) void reply.header('retry-after', String(wait));
  const problem = { type: problemType(code), title: message, status, rule, remedy, details };
  void reply.status(status).type(PROBLEM_TYPE).send(problem);
}

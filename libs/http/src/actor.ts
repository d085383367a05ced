import { createParamDecorator, type ExecutionContext, HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type RequestContext, requestContext } from './command-context.js';

/** A kind of account and its name: `clerk:li.wei`. */
const ACTOR = /^[a-z][a-z-]{0,30}:[A-Za-z0-9._@-]{1,100}$/;

export function isActor(text: unknown): text is string {
  return typeof text === 'string' && ACTOR.test(text);
}

/** What a name of an actor must look like, for whoever wrote another one. */
export const ACTOR_FORM = 'an account with its kind, for example clerk:li.wei';

/** Like `FromRequest`, for commands in which it matters who acts: the account is named in the header `X-Actor`. */
export const FromActor = createParamDecorator((_: unknown, execution: ExecutionContext): RequestContext => {
  const request = execution.switchToHttp().getRequest<FastifyRequest>();
  const actor = request.headers['x-actor'];
  if (!isActor(actor)) throw new HttpException(`X-Actor must name ${ACTOR_FORM}.`, 400);
  return requestContext(request, actor);
});

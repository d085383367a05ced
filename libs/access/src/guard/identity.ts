import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { BrokenInvariant } from '@provident/kernel';
import { requestContext } from '@provident/http/command-context';
import type { FastifyRequest } from 'fastify';
import type { Right } from '../rights/verdict.js';
import { actorOf } from '../user.js';

/** Who makes a request, as the guard has proven it. */
export interface Identity {
  readonly userId: string;
  readonly personId: string;
  readonly sessionId: string;
  /** The right that let the request through; none for what everyone signed in may do. */
  readonly right: Right | undefined;
}

const identities = new WeakMap<FastifyRequest, Identity>();

export function rememberIdentity(request: FastifyRequest, identity: Identity): void {
  identities.set(request, identity);
}

/** `undefined` on a public route. */
export function identityOf(request: FastifyRequest): Identity | undefined {
  return identities.get(request);
}

function requestOf(execution: ExecutionContext): FastifyRequest {
  return execution.switchToHttp().getRequest<FastifyRequest>();
}

function proven(request: FastifyRequest): Identity {
  const identity = identityOf(request);
  if (identity === undefined)
    throw new BrokenInvariant(`${request.method} ${request.url} asks who calls and is public.`);
  return identity;
}

/** Injects the `Identity` of the caller. */
export const SignedIn = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Identity => proven(requestOf(execution)),
);

/** The command's context with the signed-in user as actor; an `Idempotency-Key` is this user's own. */
export const FromUser = createParamDecorator((_: unknown, execution: ExecutionContext) => {
  const request = requestOf(execution);
  return requestContext(request, actorOf(proven(request).userId));
});

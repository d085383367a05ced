import type { FastifyReply, FastifyRequest } from 'fastify';
import { LIMITS } from '../limits.js';
import { sessionOver } from '../refusal.js';
import type { Tokens } from './sign-in.js';

/*
 * Where a browser keeps its refresh token: in a cookie that scripts cannot read (HttpOnly), that no other site's page can
 * send (SameSite=Strict), and that goes to the routes of this folder alone. The access token is told in the answer and
 * lives in the page's memory; since nothing but that token opens a route, a forged request carries no right with it.
 */
const NAME = 'provident-refresh';
const ATTRIBUTES = 'Path=/api/access; HttpOnly; SameSite=Strict';

/** The tokens as a browser takes them: the refresh token in a cookie, and no longer among what scripts can read. */
export function intoCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { refreshToken, ...rest }: Tokens,
): Omit<Tokens, 'refreshToken'> {
  const seconds = LIMITS.refreshIdleMs / 1_000;
  void reply.header('set-cookie', `${NAME}=${refreshToken}; ${ATTRIBUTES}; Max-Age=${seconds}${secure(request)}`);
  return rest;
}

export function forgetCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('set-cookie', `${NAME}=; ${ATTRIBUTES}; Max-Age=0${secure(request)}`);
}

/** Throws `session-over` where there is none: it expired with its session. */
export function tokenInCookie(request: FastifyRequest): string {
  const [, token] = new RegExp(`(?:^|; )${NAME}=([\\w-]+)`).exec(request.headers.cookie ?? '') ?? [];
  if (token === undefined) throw sessionOver();
  return token;
}

/** Over TLS only, except on this very machine, where there is none. */
function secure({ hostname }: FastifyRequest): string {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(hostname) ? '' : '; Secure';
}

import { randomUUID } from 'node:crypto';
import { HttpException } from '@nestjs/common';
import { type CommandContext, deterministicId, isUuid } from '@provident/kernel';
import { identify, namesSomebody } from '@provident/telemetry';
import type { FastifyRequest } from 'fastify';

const KEY = /^[\x21-\x7e]{1,200}$/;

/** The part of a command's context that a request gives; the effective date comes with the command itself. */
export type RequestContext = Omit<CommandContext, 'effectiveDate' | 'area'>;

/**
 * Takes the command's identity from the request, for the actor whom the sign-in has proven. With an `Idempotency-Key` the
 * same request again is the same command and is carried out once; without one every request is a command of its own. The
 * same key from two actors makes two commands.
 */
export function requestContext(request: FastifyRequest, actor: string): RequestContext {
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !KEY.test(key))) {
    throw new HttpException('Idempotency-Key must be 1 to 200 printable ASCII characters.', 400);
  }
  // Every event keeps a hash of it, and numbers of people are few enough to try them all.
  if (key !== undefined && namesSomebody(key)) {
    throw new HttpException('Idempotency-Key must not be the number of a person; take a random UUID.', 400);
  }
  const parts = [request.method, request.url.split('?')[0] ?? '', actor];
  const commandId = key === undefined ? randomUUID() : deterministicId('http', ...parts, key);
  const correlationId = correlationOf(request) ?? commandId;
  identify({ correlationId, commandId });
  return { commandId, correlationId, causationId: commandId, actor };
}

/** A caller that sends several commands for one purpose names them alike; every event of theirs carries the name. */
function correlationOf(request: FastifyRequest): string | undefined {
  const given = request.headers['x-correlation-id'];
  if (given === undefined) return undefined;
  if (typeof given === 'string' && isUuid(given)) return given;
  throw new HttpException('X-Correlation-Id must be a UUID in lower case.', 400);
}

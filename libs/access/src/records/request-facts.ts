import { HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** A code, or a case with its id: nothing in which personal data could stand. */
const PURPOSE = /^[a-z][a-z-]{1,29}(:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/;

/** The route as it is declared, never the address as it was called, in which ids and numbers may stand. */
export function routeOf(request: FastifyRequest): string {
  return `${request.method} ${request.routeOptions.url ?? '(none)'}`;
}

/** Why a record is read, from the header `X-Purpose`. */
export function purposeOf(request: FastifyRequest): string | undefined {
  const purpose = request.headers['x-purpose'];
  if (purpose === undefined || (typeof purpose === 'string' && PURPOSE.test(purpose))) return purpose;
  throw new HttpException('X-Purpose must be a code such as inspection, or case:<id of the case>.', 400);
}

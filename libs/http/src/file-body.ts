import { createParamDecorator, type ExecutionContext, UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The request's body as it was sent: a file. Bodies of other types, which the server has read already, are refused. */
export const FileBody = createParamDecorator((_: unknown, execution: ExecutionContext): Buffer => {
  const { body } = execution.switchToHttp().getRequest<FastifyRequest>();
  if (Buffer.isBuffer(body)) return body;
  throw new UnsupportedMediaTypeException(
    'The body must be the file itself, sent as text/csv or as application/octet-stream.',
  );
});

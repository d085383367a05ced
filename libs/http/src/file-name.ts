import { createParamDecorator, type ExecutionContext, HttpException } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

/** Longest name of a file that is sent to us. */
const MOST_CHARACTERS = 200;
/** RFC 6266 with the extended notation of RFC 8187, as our own answers have it. */
const DISPOSITION = /^attachment; *filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]+)$/i;
const EXAMPLE = "attachment; filename*=UTF-8''%E5%87%AD%E8%AF%81.pdf";

/** The header that gives a file its name, whatever characters it has. */
export function dispositionOf(fileName: string): string {
  // What encodeURIComponent leaves and RFC 8187 does not: ' ( ) *
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}

function fileNameOf(disposition: unknown): string {
  const [, encoded = ''] = typeof disposition === 'string' ? (DISPOSITION.exec(disposition) ?? []) : [];
  const name = decoded(encoded);
  if (name.length > 0 && name.length <= MOST_CHARACTERS) return name;
  throw new HttpException(
    `Content-Disposition must give the file's name, of 1 to ${MOST_CHARACTERS} characters, for example ${EXAMPLE}`,
    400,
  );
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
}

/**
 * The name of the file that is the request's body. It comes in a header, because a name may tell of a person, and an address
 * stands in the logs of every proxy on the way.
 */
export const FileName = createParamDecorator(
  (_: unknown, execution: ExecutionContext): string =>
    fileNameOf(execution.switchToHttp().getRequest<FastifyRequest>().headers['content-disposition']),
  [
    (controller, method = '') => {
      const descriptor = Object.getOwnPropertyDescriptor(controller, method) ?? {};
      ApiHeader({
        name: 'Content-Disposition',
        required: true,
        description: "the file's name (RFC 6266)",
        example: EXAMPLE,
      })(controller, method, descriptor);
    },
  ],
);

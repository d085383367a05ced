import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { guardedApplication, portalFolder } from '@provident/assembly';

/** The office over HTTP: every context and the whole read side in one application. */
export function createHttpApplication(module: DynamicModule): Promise<NestFastifyApplication> {
  return guardedApplication(module, {
    title: 'Provident',
    description:
      'The ledger of a social insurance agency. Commands answer with their log position; queries take it as atLeast.',
    pages: portalFolder(),
  });
}

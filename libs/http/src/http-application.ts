import { type DynamicModule, type LoggerService, type LogLevel, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyServerFactory } from 'fastify';
import { hasPages, servePages } from './pages.js';
import { Problem } from './problem.js';
import { ProblemFilter } from './problem-filter.js';

/** Largest request body: a payroll file of 100,000 rows has about 10 MB. */
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

const CONSOLE: LogLevel[] = ['error', 'warn'];

export interface HttpApplicationOptions {
  readonly title: string;
  readonly description: string;
  /** Warnings and errors to the console when absent. */
  readonly logger?: LoggerService;
  /** Who listens; the application itself when absent. */
  readonly serverFactory?: FastifyServerFactory;
  /** Folder of the built portal, served under `/` where it was built; none when absent. */
  readonly pages?: string;
  /** Called before the routes are made: the place to add hooks. */
  readonly prepare?: (app: NestFastifyApplication) => void;
  /** Called before the application is initialised, when its pipes and filters are set: what guards it. */
  readonly guard: (app: NestFastifyApplication) => Promise<void>;
}

/** The HTTP side: strict requests, problem answers, files as raw bodies, OpenAPI under /api. */
export async function createHttpApplication(
  module: DynamicModule,
  options: HttpApplicationOptions,
): Promise<NestFastifyApplication> {
  const { title, description, serverFactory, pages, prepare, guard } = options;
  const logger = options.logger ?? CONSOLE;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    ...(serverFactory === undefined ? {} : { serverFactory }),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger, abortOnError: false });
  prepare?.(app);
  for (const type of ['text/csv', 'application/octet-stream']) {
    app.useBodyParser(type, { bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => done(null, body));
  }
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.useGlobalFilters(new ProblemFilter());
  await guard(app);
  if (pages !== undefined && hasPages(pages)) await servePages(app, pages);
  const document = new DocumentBuilder()
    .setTitle(title)
    .setDescription(description)
    .setVersion('0.1.0')
    .setOpenAPIVersion('3.1.0')
    .build();
  SwaggerModule.setup('api', app, () => SwaggerModule.createDocument(app, document, { extraModels: [Problem] }));
  try {
    await app.init();
  } catch (error) {
    // What was opened on the way is closed, so that the caller may try again.
    await app.close();
    throw error;
  }
  return app;
}

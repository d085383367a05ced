import { type DynamicModule, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ProblemFilter } from '@provident/http';

/** Largest request body: a payroll file of 100,000 rows has about 10 MB. */
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/** The HTTP side: strict requests, problem answers, files as raw bodies, OpenAPI under /api. */
export async function createHttpApplication(module: DynamicModule): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT_BYTES });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: ['error', 'warn'] });
  for (const type of ['text/csv', 'application/octet-stream']) {
    app.useBodyParser(type, { bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => done(null, body));
  }
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.useGlobalFilters(new ProblemFilter());
  const description = new DocumentBuilder()
    .setTitle('Provident')
    .setDescription(
      'The ledger of a social insurance agency. Commands answer with their log position; queries take it as atLeast.',
    )
    .setVersion('0.1.0')
    .setOpenAPIVersion('3.1.0')
    .build();
  SwaggerModule.setup('api', app, () => SwaggerModule.createDocument(app, description));
  await app.init();
  return app;
}

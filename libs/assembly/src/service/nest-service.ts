import { createServer, type RequestListener } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HttpApplicationOptions } from '@provident/http';
import { NestLog, observeHttp, type Telemetry } from '@provident/telemetry';
import { guardedApplication } from '../access.js';

/** A Nest application whose requests come from the service's own server. */
export async function nestService(
  module: DynamicModule,
  telemetry: Telemetry,
  texts: Pick<HttpApplicationOptions, 'title' | 'description' | 'pages'>,
): Promise<{ app: NestFastifyApplication; application: RequestListener }> {
  let application: RequestListener | undefined;
  const app = await guardedApplication(module, {
    ...texts,
    logger: new NestLog(telemetry.log),
    serverFactory(handler) {
      application = handler;
      // Fastify wants a server; this one never listens.
      return createServer();
    },
    prepare: (made) => observeHttp(made.getHttpAdapter().getInstance(), telemetry),
  });
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.ready();
  if (application === undefined) throw new Error('Fastify has not asked for its server.');
  return { app, application };
}

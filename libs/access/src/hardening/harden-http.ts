import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LIMITS } from '../limits.js';
import { Refusal } from '../refusal.js';
import { RATE_LIMITS, type RateLimits } from './rate-limits.js';
import { answerRefusal, RefusalFilter } from './refusal.filter.js';

/**
 * What every HTTP side of ours has before it takes requests: security headers, a rate per address, a small limit for JSON
 * bodies, refusals with their own status. Call it after the application's own global filters are set and before `init`.
 */
export async function hardenHttp(app: NestFastifyApplication): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // The pages of the API description bring styles within their text.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.useBodyParser('application/json', { bodyLimit: LIMITS.jsonBodyBytes });
  app.useGlobalFilters(new RefusalFilter());
  const rates = app.get<RateLimits>(RATE_LIMITS);
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    // Answers are about people: nobody between us and the caller keeps them.
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    try {
      rates.addresses.take(request.ip);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answerRefusal(reply, error);
      return;
    }
    done();
  });
}

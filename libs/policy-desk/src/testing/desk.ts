import { Global, Module, ValidationPipe } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { SealedFilesModule } from '@provident/access/personal/sealed-files';
import { MemoryKeys, MemoryPersonalDataModule } from '@provident/access/testing/memory-keys';
import { CollectionModule } from '@provident/collection';
import { type EmbeddedEventStore, startEmbeddedEventStore } from '@provident/embedded-event-store';
import { EventStoreModule } from '@provident/event-store';
import { ProblemFilter } from '@provident/http';
import { CLOCK } from '@provident/kernel';
import { loadPolicy, PolicyBook } from '@provident/policy';
import { RegistryModule } from '@provident/registry';
import { PolicyDeskModule } from '../policy-desk.module.js';

export const AREA = '310000';
/** One installation's keys, whichever of its processes asks. */
const KEYS = new MemoryKeys();
/** The test's today. */
export const TODAY = '2025-08-15';

@Global()
@Module({
  providers: [
    { provide: PolicyBook, useFactory: loadPolicy },
    { provide: CLOCK, useValue: { now: () => new Date(`${TODAY}T04:00:00Z`) } },
  ],
  exports: [PolicyBook, CLOCK],
})
class SurroundingsModule {}

export function startStore(): Promise<EmbeddedEventStore> {
  return startEmbeddedEventStore({ inThread: true });
}

/** One process of an agency: policy desk, register and collection, without sign-in. Several may work on one store. */
export async function openDesk(storeUrl: string): Promise<NestFastifyApplication> {
  const imports = [
    SurroundingsModule,
    EventStoreModule.forRoot({ url: storeUrl, area: AREA }),
    MemoryPersonalDataModule.with(KEYS),
    SealedFilesModule.in(undefined),
    PolicyDeskModule,
    RegistryModule,
    CollectionModule,
  ];
  const built = await Test.createTestingModule({ imports }).compile();
  const app = built.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: ['error'] });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.useGlobalFilters(new ProblemFilter());
  await app.init();
  return app;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function post(app: NestFastifyApplication, url: string, payload: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const answer = await app.inject({ method: 'POST', url, headers, payload: JSON.stringify(payload) });
  return { status: answer.statusCode, body: answer.json() };
}

export async function get(app: NestFastifyApplication, url: string): Promise<Answer> {
  const answer = await app.inject({ method: 'GET', url });
  return { status: answer.statusCode, body: answer.json() };
}

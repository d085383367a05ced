import { type DynamicModule, Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { booksProjection } from '@provident/books';
import { AREA } from '@provident/event-store';
import { CLOCK, deterministicId } from '@provident/kernel';
import { loadPolicy, PolicyBook } from '@provident/policy';
import {
  eventIndexProjection,
  KnownTimes,
  Projector,
  READ_QUERIES,
  type ReadDatabase,
  ReadPosition,
  queryBuilder,
  readCheckpoint,
} from '@provident/projections';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { testDatabase } from '@provident/projections/testing/test-database';
import { statisticsProjection } from './projection.js';
import { StatisticsModule } from './statistics.module.js';

@Global()
@Module({
  providers: [
    { provide: CLOCK, useValue: { now: () => new Date('2026-03-01T02:00:00Z') } },
    { provide: PolicyBook, useFactory: loadPolicy },
    { provide: AREA, useValue: '310000' },
  ],
  exports: [CLOCK, PolicyBook, AREA],
})
class SurroundingsModule {}

@Module({})
class ReadSideModule {}

let database: ReadDatabase;
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await testDatabase();
  const log = new SyntheticLog();
  const personId = deterministicId('ann');
  const enrolled = { personId, employer: '91310000MA1FL0000A', schemes: ['pension'], from: '2026-01' };
  log.append({ type: 'PersonEnrolled', data: enrolled }, `insured-${personId}`);
  const projections = [booksProjection, statisticsProjection, eventIndexProjection];
  await new Projector({ pool: database.pool, source: log, projections }).catchUp();
  const providers = [
    { provide: READ_QUERIES, useValue: queryBuilder(database.pool) },
    { provide: KnownTimes, useValue: new KnownTimes(queryBuilder(database.pool)) },
    { provide: ReadPosition, useValue: new ReadPosition(() => readCheckpoint(database.pool, 'provident')) },
  ];
  const readSide: DynamicModule = {
    module: ReadSideModule,
    providers,
    exports: [READ_QUERIES, KnownTimes, ReadPosition],
  };
  const built = await Test.createTestingModule({
    imports: [SurroundingsModule, StatisticsModule.over(readSide)],
  }).compile();
  app = built.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
});
afterAll(async () => {
  await app.close();
  await database.close();
});

describe('statistics over HTTP', () => {
  it('gives a month with its definitions beside the figures', async () => {
    const answer = await app.inject({ method: 'GET', url: '/api/statistics/months/2026-01?asOf=2026-01-31&atLeast=3' });
    expect(answer.json()).toMatchObject({
      ...{ month: '2026-01', asOf: '2026-01-31' },
      all: { participants: '1', payers: '0', due: '0.00', collectionRate: null },
      funds: [{ zh: '企业职工基本养老保险基金', income: '0.00' }, {}, {}, {}],
    });
    const { definitions, schemes } = answer.json<{ definitions: { id: string }[]; schemes: object[] }>();
    expect(schemes[0]).toMatchObject({ scheme: 'pension', zh: '基本养老保险', participants: '1' });
    expect(definitions.map((each) => each.id)).toContain('collectionRate');
  });

  it('describes its routes in OpenAPI', () => {
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    expect(Object.keys(paths)).toEqual([
      ...['/api/statistics/definitions', '/api/statistics/months/{month}'],
      ...['/api/statistics/arrears', '/api/statistics/late-fees', '/api/employer-names'],
    ]);
  });
});
